"""Journey: bad input gets one clear answer and loses nothing. Oracle: our own statement, case by case.

Each case goes through the program as a person starts it. Three things hold every time: no traceback, every record
accounted for or one line that names file and remedy, and no folder that looks finished when it is not.
"""

from __future__ import annotations

import os
import resource
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.migration.pipeline.desk import GOOD, HEADER, PROJECT, Desk, Said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LINE = "0009,戊山,五郎,M,3640107,\n"


def accounted(desk: Desk, said: Said) -> None:
    """The run ended, everything read went somewhere, and the folder verifies."""
    sums = said.json
    assert sums["proven"] is True
    assert sums["records"] == sums["loaded"] + sums["merged"] + sums["rejected"]
    assert len(desk.rows()) == sums["loaded"]
    assert desk.proven()


def refused(desk: Desk, said: Said, *words: str) -> None:
    """The run could not go on: one line with these words, and nothing that looks complete."""
    assert said.code in (2, 3)
    assert said.out == ""
    for word in words:
        assert word in said.complaint
    assert "→" in said.complaint, "a remedy belongs to every complaint"
    assert not (desk.folder / "run" / "evidence").exists()
    assert not (desk.folder / "run" / "data").exists()
    if (desk.folder / "run").exists():
        assert desk.verify().code == 4
        assert (desk.folder / "run" / "INCOMPLETE").exists()


def test_a_good_town_is_clean(desk: Desk) -> None:
    desk.town()
    said = desk.run()
    assert (said.code, said.json["questions"]) == (0, 0)
    accounted(desk, said)
    assert desk.column("名_日本人") == ["太郎", "花子", "三郎", "𠮷子"]
    assert [row["BIKO"] for row in desk.rows("data/yobi/atena")] == ["メモ", "", "改行\nあり", "葛\U000e0102飾"]


# ---- records: each broken one is handed back with its bytes, all others are loaded ----------------------------

BROKEN: dict[str, tuple[str | bytes, str, int]] = {
    "cut off": (LINE.rstrip(",\n"), "record_truncated", 1),
    "a column too many": (LINE.replace("\n", ",x\n"), "record_fields", 1),
    "a column too few": ("0009,戊山,五郎,M,3640107\n", "record_fields", 1),
    "an empty line inside": ("\n" + LINE, "record_fields", 1),
    "quote not closed": ('0009,"戊山,五郎,M,3640107,\n', "quote_unclosed", 1),
    "text behind a quote": ('0009,"戊山"x,五郎,M,3640107,\n', "quote_unclosed", 1),
    "a NUL byte": ("0009,戊\0山,五郎,M,3640107,\n", "nul_byte", 1),
    "another encoding": (LINE.encode("cp932"), "undecodable", 1),
    "another encoding that ends in a quote": ('0009,"戊山",五郎,M,3640107,"表"\n'.encode("cp932"), "undecodable", 1),
    "half a character": (LINE.encode()[:9] + LINE.encode()[10:], "undecodable", 1),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_record_is_handed_back_verbatim(desk: Desk, name: str) -> None:
    broken, code, count = BROKEN[name]
    raw = broken if isinstance(broken, bytes) else broken.encode()
    desk.town(GOOD.encode() + raw)
    said = desk.run()
    assert said.code == 1
    accounted(desk, said)
    assert (said.json["rejected"], said.json["loaded"]) == (count, 4 + (raw.count(b"\n") > 1))
    assert desk.told() == [(code, "7")]
    rejected = desk.rejected()
    assert rejected["reason"].to_list() == [code]
    assert raw.startswith(rejected["#raw"][0])
    assert (desk.folder / "run/rejected/atena.unread.dat").read_bytes() == rejected["#raw"][0]


def test_several_encodings_in_one_file(desk: Desk) -> None:
    people = [f"{n:04},甲野,太郎,M,3640107,\n" for n in range(10, 40)]
    lines = [text.encode("cp932" if n % 3 == 0 else "utf-8") for n, text in enumerate(people)]
    desk.town(HEADER.encode() + b"".join(lines))
    said = desk.run()
    accounted(desk, said)
    assert said.json["rejected"] == 10
    assert {code for code, _ in desk.told()} == {"undecodable"}
    assert b"".join(desk.rejected()["#raw"]) == b"".join(lines[::3])


def test_all_that_is_wrong_at_once(desk: Desk) -> None:
    """Every broken kind between good records: nothing of one spoils the next."""
    pieces = [raw if isinstance(raw, bytes) else raw.encode() for raw, code, _ in BROKEN.values()][1:]
    data, loaded = HEADER.encode(), 0
    for number, piece in enumerate(pieces):
        data += f"1{number:03},甲野,太郎,M,3640107,\n".encode() + piece
    desk.town(data + f"1{len(pieces):03},甲野,太郎,M,3640107,\n".encode())
    said = desk.run()
    accounted(desk, said)
    loaded = len(pieces) + 1 + 1  # the good ones, and the one behind the empty line
    assert (said.json["loaded"], said.json["rejected"]) == (loaded, len(pieces))


# ---- keys -----------------------------------------------------------------------------------------------------


def test_a_record_without_key_is_handed_back(desk: Desk) -> None:
    desk.town(GOOD + ",戊山,五郎,M,3640107,\n")
    said = desk.run()
    accounted(desk, said)
    assert desk.told() == [("key_empty", "7")]
    assert desk.rejected()["SEI"].to_list() == ["戊山"]
    assert "戊山" not in desk.column("氏_日本人")


def test_two_records_with_one_key_are_told_and_the_second_is_handed_back(desk: Desk) -> None:
    desk.town(GOOD + "0002,戊山,五郎,M,3640107,\n")
    said = desk.run()
    accounted(desk, said)
    assert desk.told() == [("key_duplicate", "3"), ("key_duplicate", "7")]
    assert desk.rejected()["SEI"].to_list() == ["戊山"]
    assert said.json["merged"] == 0


def test_the_same_record_three_times_is_one_row(desk: Desk) -> None:
    desk.town(GOOD + 2 * "0002,乙山,花子,F,4010203,\n")
    said = desk.run()
    accounted(desk, said)
    assert (said.code, said.json["loaded"], said.json["merged"]) == (0, 4, 2)
    assert sorted(row["line"] for row in desk.findings() if row["code"] == "row_merged") == ["7", "8"]


def test_records_that_point_at_each_other(desk: Desk) -> None:
    """Heads of household in a circle, and a person who is their own head: each look-up is one step, none hangs."""
    ring = HEADER.replace("BIKO", "NUSHI")
    ring += "1,甲,一,M,3640107,2\n2,乙,二,F,3640107,3\n3,丙,三,M,3640107,1\n4,丁,四,F,3640107,4\n5,戊,五,F,3640107,9\n"
    lookup = '"住所_方書" = { from = "NUSHI", lookup = { source = "atena", key = "NO", take = "MEI" } }\n'
    lookup += '"名寄せ先宛名番号" = "NUSHI"\n'
    desk.town(ring, PROJECT.replace('"代表宛名フラグ"', lookup + '"代表宛名フラグ"'))
    said = desk.run("run", timeout=60)
    accounted(desk, said)
    assert desk.column("住所_方書") == ["二", "三", "一", "四", "9"]
    assert "6" in {line for _, line in desk.told()}
    assert desk.column("名寄せ先宛名番号") == ["2", "3", "1", "4", "9"]


# ---- files and headers: one line that names the file and the remedy -------------------------------------------


def _empty(desk: Desk) -> None:
    desk.put("ATENA.csv", b"")


def _no_file(desk: Desk) -> None:
    (desk.folder / "ATENA.csv").unlink()


def _missing_column(desk: Desk) -> None:
    desk.put("ATENA.csv", "NO,SEI,MEI,SEX,BIKO\n1,a,b,M,x\n")


def _other_second_file(desk: Desk) -> None:
    desk.put("ATENA2.csv", "NO,SEI,MEI,SEX,UMARE,BIKO,EXTRA\n1,a,b,M,3640107,x,y\n")


def _wrong_encoding(desk: Desk) -> None:
    desk.put("ATENA.csv", f"番号,{GOOD}".replace("𠮷", "吉").replace("\U000e0102", ""), "cp932")


def _utf16(desk: Desk) -> None:
    desk.put("ATENA.csv", GOOD, "utf-16")


def _workbook(desk: Desk) -> None:
    desk.put("ATENA.csv", b"PK\x03\x04" + bytes(100))


def _header_unclosed(desk: Desk) -> None:
    desk.put("ATENA.csv", '"' + GOOD.replace('"', ""))


def _nul_header(desk: Desk) -> None:
    desk.put("ATENA.csv", GOOD.replace("SEX", "S\0X"))


def _folder_for_a_file(desk: Desk) -> None:
    (desk.folder / "ATENA.csv").unlink()
    (desk.folder / "ATENA.csv").mkdir()


def _damaged_gzip(desk: Desk) -> None:
    (desk.folder / "ATENA.csv").unlink()
    desk.put("ATENA.csv.gz", b"\x1f\x8b\x08" + bytes(30))
    desk.put("project.toml", PROJECT.replace("ATENA*.csv", "ATENA*.gz"))


def _damaged_zip(desk: Desk) -> None:
    desk.put("ATENA.zip", b"PK\x03\x04" + bytes(30))
    desk.put("project.toml", PROJECT.replace("ATENA*.csv", "ATENA.zip/*.csv"))


def _damaged_workbook(desk: Desk) -> None:
    desk.put("ATENA.xlsx", b"PK\x03\x04" + bytes(30))
    excel = PROJECT.replace("ATENA*.csv", "ATENA.xlsx").replace('"utf-8"', '"utf-8"\nformat = "excel"')
    desk.put("project.toml", excel)


def _out_of_the_dump(desk: Desk) -> None:
    desk.put("project.toml", PROJECT.replace("ATENA*.csv", "../*.csv"))


REFUSED: dict[str, tuple[Callable[[Desk], None], tuple[str, ...]]] = {
    "empty file": (_empty, ("ATENA.csv", "line 1", "empty")),
    "no file": (_no_file, ("ATENA*.csv", "no such file")),
    "column missing": (_missing_column, ("UMARE", "住登外者宛名基本情報")),
    "second file with another header": (_other_second_file, ("ATENA2.csv", "line 1", "EXTRA")),
    "wrong encoding": (_wrong_encoding, ("ATENA.csv", "line 1", "cp932")),
    "utf-16 declared utf-8": (_utf16, ("ATENA.csv", "utf-16")),
    "a workbook named csv": (_workbook, ("ATENA.csv", "excel")),
    "quote of the header not closed": (_header_unclosed, ("ATENA.csv", "line 1")),
    "NUL in the header": (_nul_header, ("ATENA.csv", "line 1")),
    "a folder in place of the file": (_folder_for_a_file, ("ATENA*.csv",)),
    "damaged gzip": (_damaged_gzip, ("ATENA.csv.gz",)),
    "damaged zip": (_damaged_zip, ("ATENA.zip",)),
    "damaged workbook": (_damaged_workbook, ("ATENA.xlsx",)),
    "a path out of the dump": (_out_of_the_dump, ("../*.csv",)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_is_named_with_its_remedy(desk: Desk, name: str) -> None:
    desk.town()
    spoil, words = REFUSED[name]
    spoil(desk)
    refused(desk, desk.run(), *words)


def test_a_header_alone_is_an_empty_table(desk: Desk) -> None:
    desk.town(HEADER)
    said = desk.run()
    assert (said.code, said.json["records"]) == (0, 0)
    accounted(desk, said)


def test_every_record_broken_is_told_record_by_record(desk: Desk) -> None:
    desk.town(HEADER + "1,2\n3,4\n5,6\n")
    said = desk.run()
    assert said.code == 1
    accounted(desk, said)
    assert (said.json["loaded"], said.json["rejected"]) == (0, 3)


FIXED = PROJECT.replace("ATENA*.csv", "ATENA.dat").replace(
    'encoding = "utf-8"',
    'encoding = "cp932"\nformat = "fixed"\ncolumns = [{name="NO",width=4},{name="SEI",width=6},{name="MEI",width=6},'
    '{name="SEX",width=1},{name="UMARE",width=7},{name="BIKO",width=4}]',
)


def _fixed(end: bytes, count: int = 9) -> bytes:
    return b"".join(f"{n:04}甲野　太郎　M3640107備考".encode("cp932") + end for n in range(count))


@pytest.mark.parametrize("end", [b"", b"\r\n"])
def test_a_fixed_width_record_that_is_cut_off(desk: Desk, end: bytes) -> None:
    desk.put("project.toml", FIXED)
    desk.put("ATENA.dat", _fixed(end) + "0009甲野".encode("cp932"))
    said = desk.run()
    accounted(desk, said)
    assert desk.told() == [("record_truncated", "10")]
    assert desk.rejected()["#raw"].to_list() == ["0009甲野".encode("cp932")]


def test_a_wrong_width_is_said_once(desk: Desk) -> None:
    desk.put("project.toml", FIXED.replace('"BIKO",width=4', '"BIKO",width=6'))
    desk.put("ATENA.dat", _fixed(b"\r\n", 40))
    refused(desk, desk.run(), "ATENA.dat", "30", "28")


def test_two_columns_of_one_name(desk: Desk) -> None:
    """The second gets a name of its own and its values are kept."""
    desk.town("NO,SEI,MEI,SEX,UMARE,SEI\n0001,甲野,太郎,M,3640107,旧姓\n")
    accounted(desk, desk.run())
    assert desk.column("氏_日本人") == ["甲野"]
    assert [row["SEI(2)"] for row in desk.rows("data/yobi/atena")] == ["旧姓"]


def test_a_wrong_encoding_in_all_records_is_said_once(desk: Desk) -> None:
    people = [f"{n:04},甲野,太郎,M,3640107,備考\n" for n in range(30)]
    desk.town(HEADER.encode() + "".join(people).encode("euc_jp"))
    refused(desk, desk.run(), "ATENA.csv", "euc_jp")


# ---- sizes and the machine ------------------------------------------------------------------------------------


def _long_line(path: Path, size: int) -> None:
    with path.open("wb") as stream:
        stream.write(GOOD.encode() + b"0009,")
        for _ in range(size >> 20):
            stream.write(b"x" * (1 << 20))
        stream.write(b",MEI,M,3640107,\n" + LINE.replace("0009", "0010").encode())


def test_a_line_of_gigabytes_needs_no_gigabytes_of_memory(desk: Desk) -> None:
    """192 MB by default; YAKUBA_LONG_LINE=2048 makes it 2 GB. The memory of the process is watched."""
    size = int(os.environ.get("YAKUBA_LONG_LINE", "192")) << 20
    desk.town()
    _long_line(desk.folder / "ATENA.csv", size)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    said = desk.run()
    accounted(desk, said)
    assert (said.json["loaded"], said.json["rejected"]) == (5, 1)
    assert desk.told() == [("line_too_long", "7")]
    (kept,) = (desk.folder / "run/rejected/long-lines").iterdir()
    assert kept.stat().st_size == size + len(b"0009,") + len(b",MEI,M,3640107,\n")
    assert kept.name in next(row["value"] for row in desk.findings() if row["code"] == "line_too_long")
    if size >= 1 << 30:
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10
        assert peak < max(before << 10, size // 2)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1.5 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1536k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("mounting a small disk needs root")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def _crowd(count: int) -> str:
    return HEADER + "".join(f"{n:06},甲野{n},太郎{n * 7919},M,3640107,備考{n * 104729}\n" for n in range(count))


def test_a_full_disk_and_then_room(desk: Desk, small_disk: Path) -> None:
    desk.town(_crowd(20_000))
    out = small_disk / "run"
    said = desk.run(str(out))
    assert said.code == 3
    assert str(small_disk) in said.complaint
    assert "→" in said.complaint
    assert desk.verify(str(out)).code == 4
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    said = desk.run(str(out), "--resume")
    assert said.json["loaded"] == 20_000
    assert desk.proven(str(out))


@pytest.mark.parametrize("limit", [2_000, 20_000, 200_000])
def test_no_file_may_grow_so_large(desk: Desk, limit: int) -> None:
    """Another kind of full: the process may write no file beyond a size. The stage that meets it differs."""
    desk.town(_crowd(5_000))

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    said = desk.run("run", preexec_fn=small)
    assert said.code == 3, said.err
    assert "→" in said.complaint
    assert desk.verify().code == 4
    said = desk.run("run", "--resume")
    assert said.json["loaded"] == 5_000
    assert desk.proven()


def test_a_folder_that_may_not_be_written(desk: Desk) -> None:
    desk.town()
    desk.put("taken", "a file, no folder")
    said = desk.run("taken/run")
    assert said.code == 3
    assert "taken" in said.complaint
    assert "→" in said.complaint


def test_a_folder_with_something_else_in_it_is_left_alone(desk: Desk) -> None:
    desk.town()
    desk.put("run/letter.txt", "private")
    for more in ((), ("--resume",)):
        said = desk.run("run", *more)
        assert said.code == 2
        assert "another --out" in said.complaint
    assert [path.name for path in (desk.folder / "run").iterdir()] == ["letter.txt"]
