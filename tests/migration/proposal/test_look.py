"""Our own statement: what is seen in dumps of known making."""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from yakuba.kernel.errors import CannotContinueError
from yakuba.migration.proposal import look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.migration.proposal.conftest import Bench

ROWS = [("番号", "氏名", "フリガナ", "生年月日", "性別", "郵便番号")]
ROWS += [
    (
        f"{n:05}",
        f"甲野　{'花太次'[n % 3]}{n}子",
        "コウノ　ハナ",
        f"S{n % 60 + 3:02}.01.{n % 28 + 1:02}",
        "男女"[n % 2],
        "060-0001",
    )
    for n in range(1, 200)
]


def text(delimiter: str = ",", newline: str = "\n", rows: Sequence[tuple[str, ...]] = ROWS, quote: str = "") -> str:
    return "".join(delimiter.join(f"{quote}{cell}{quote}" for cell in row) + newline for row in rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932", "euc_jp"])
def test_the_encoding_is_found(bench: Bench, encoding: str) -> None:
    bench.put("a.csv", text(), encoding)
    source = bench.only()
    assert source.spec.encoding == {"utf-16": "utf-16-le"}.get(encoding, encoding)
    assert [column.name for column in source.columns] == list(ROWS[0])
    assert source.reasons["encoding"]


def test_half_width_kana_in_cp932_is_not_taken_for_euc(bench: Bench) -> None:
    bench.put("a.csv", "NO,KANA\n" + "".join(f"{n},ﾔﾏﾀﾞ ﾊﾅｺ{'ｱ' * (n % 7)}\n" for n in range(100)), "cp932")
    assert bench.only().spec.encoding == "cp932"


def test_a_dump_from_another_country(bench: Bench) -> None:
    rows = [("Kundennr", "Name", "Straße", "PLZ", "Umsatz")]
    rows += [(str(n), f"Müller {n}", f"Hauptstraße {n}", str(10000 + n), f"{n},50") for n in range(1, 100)]
    bench.put("kunden.csv", text(";", "\r\n", rows), "cp1252")
    spec = bench.only().spec
    assert (spec.encoding, spec.delimiter, spec.header) == ("cp1252", ";", True)
    assert bench.only().match is None


def test_mixed_encodings_are_told(bench: Bench) -> None:
    lines = [f"{n},見本町字架空{n}番地の乙\n" for n in range(300)]
    data = "NO,住所\n".encode("cp932")
    data += b"".join(line.encode("utf-8" if n % 60 == 7 else "cp932") for n, line in enumerate(lines))
    bench.put("a.csv", data)
    source = bench.only()
    assert source.spec.encoding == "cp932"
    assert any("mixed encodings: 5 lines" in doubt and "utf-8" in doubt for doubt in source.doubts)


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_the_delimiter_is_found(bench: Bench, delimiter: str, quote: str) -> None:
    bench.put("a.txt", text(delimiter, "\r\n", ROWS, quote))
    spec = bench.only().spec
    assert (spec.delimiter, spec.header) == (delimiter, True)


def test_line_ends_in_quotes_do_not_matter(bench: Bench) -> None:
    rows = [("NO", "MEMO")] + [(str(n), f"line 1,\nline {n}") for n in range(50)]
    bench.put("a.csv", text(",", "\n", rows, '"'))
    source = bench.only()
    assert (len(source.columns), source.records) == (2, 50)


def test_no_header(bench: Bench) -> None:
    bench.put("a.csv", text(rows=ROWS[1:]))
    source = bench.only()
    assert not source.spec.header
    assert [column.name for column in source.columns] == [f"列{n}" for n in range(1, 7)]
    assert source.records == 199


def test_a_single_record_is_data_unless_its_words_are_known_names(bench: Bench) -> None:
    bench.put("a.csv", "zzz,yyy\n")
    bench.put("b.csv", "宛名番号,氏名\n")
    assert [(source.spec.header, source.records) for source in bench.look().sources] == [(False, 1), (True, 0)]


def test_a_long_file_without_line_ends_has_fixed_width_even_with_commas(bench: Bench) -> None:
    bench.put("a.dat", "".join(f"{n:08},,AB  {'甲野' * 3}　　" for n in range(6000)).encode("cp932"))
    spec = bench.only().spec
    assert spec.format == "fixed"
    assert sum(column.width for column in spec.columns) == 30
    assert bench.stage()[0].records == 6000


def test_kinds_of_columns(bench: Bench) -> None:
    bench.put("a.csv", text())
    kinds = {column.name: column.kind for column in bench.only().columns}
    assert kinds == {
        "番号": "number",
        "氏名": "name",
        "フリガナ": "code",
        "生年月日": "date",
        "性別": "code",
        "郵便番号": "postal code",
    }
    columns = {column.name: column for column in bench.only().columns}
    assert columns["生年月日"].form == "era_letter_dots"
    assert columns["番号"].unique
    assert not columns["性別"].unique
    assert dict(columns["性別"].values) == {"男": 99, "女": 100}


@pytest.mark.parametrize("end", [b"\r\n", b""])
def test_fixed_width(bench: Bench, end: bytes) -> None:
    rows = [
        f"{n:010}".encode() + ("甲野　太郎" + "　" * 5).encode("cp932") + f"{n % 60:02}0101".encode() + b"AB  " + end
        for n in range(200)
    ]
    bench.put("a.dat", b"".join(rows))
    spec = bench.only().spec
    assert (spec.format, spec.encoding) == ("fixed", "cp932")
    assert sum(column.width for column in spec.columns) == 40
    edges = [sum(column.width for column in spec.columns[:n]) for n in range(len(spec.columns))]
    assert {0, 10, 30} <= set(edges)


def test_packed_files_and_workbooks(bench: Bench) -> None:
    bench.put("a.csv.gz", gzip.compress(text().encode("cp932")))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("b1.csv", text().encode("cp932"))
        archive.writestr("b2.csv", text().encode("cp932"))
    bench.put("b.zip", out.getvalue())
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in ROWS:
        sheet.append(list(row))
    sheet.merge_cells("A3:B3")
    book.save(out)
    bench.put("c.xlsx", out.getvalue())
    dump = bench.look()
    assert [source.spec.format for source in dump.sources] == ["csv", "csv", "excel"]
    assert dump.sources[1].spec.files == ("b.zip/b*.csv",)
    assert any("joined" in doubt for doubt in dump.sources[2].doubts)
    assert [staged.records for staged in bench.stage()] == [199, 398, 199]


def test_files_of_one_form_are_one_source(bench: Bench) -> None:
    for n in (1, 2, 3):
        bench.put(f"JUKI_{n:02}.csv", text(), "cp932")
    bench.put("JUKI_X.csv", text(), "cp932")
    bench.put("odd[1].csv", text(), "cp932")
    specs = {source.spec.name: source.spec.files for source in bench.look().sources}
    assert specs == {
        "juki": ("JUKI_01.csv", "JUKI_02.csv", "JUKI_03.csv"),
        "juki_x": ("JUKI_X.csv",),
        "odd_1": ("odd[[]1].csv",),
    }
    assert sum(staged.records for staged in bench.stage()) == 5 * 199


def test_a_file_of_ascii_takes_the_encoding_of_the_others(bench: Bench) -> None:
    bench.put("a.csv", text(), "cp932")
    bench.put("b.csv", "NO,GAKU\n1,100\n2,200\n")
    assert [source.spec.encoding for source in bench.look().sources] == ["cp932", "cp932"]


def test_what_is_no_data_is_named(bench: Bench) -> None:
    bench.put("a.csv", text())
    bench.put("README.md", "# x")
    bench.put("empty.csv", b"")
    bench.put("program.exe", bytes(range(256)) * 64)
    bench.put("broken.zip", b"PK\x03\x04" + b"x" * 100)
    bench.put("run/project.toml", "")
    bench.put("run/data/a.csv", text())
    skipped = dict(bench.look().skipped)
    assert set(skipped) == {"README.md", "empty.csv", "program.exe", "broken.zip"}
    assert bench.only().files == ("a.csv",)
    assert "empty" in skipped["empty.csv"]


def test_a_folder_without_data_stops(bench: Bench) -> None:
    with pytest.raises(CannotContinueError, match="no file holds records"):
        bench.look()
    with pytest.raises(CannotContinueError, match="no such folder"):
        look(bench.folder / "nowhere")


def test_the_address_dictionary_is_recognised(bench: Bench) -> None:
    bench.put("a.csv", text())
    bench.put("jusho.csv", "町字コード,町字,郵便番号\n0001000,字架空,0600001\n")
    assert bench.project().dictionary == "jusho.csv"
