"""Journey: an unknown dump, whatever its columns are called, becomes a project that runs and accounts for each row.

Oracle: the rows themselves, counted and read by Python's csv before the program sees them.
"""

from __future__ import annotations

import csv
import io
import json
import random
from typing import TYPE_CHECKING

import pytest
from tests.migration.pipeline.desk import table

if TYPE_CHECKING:
    from pathlib import Path

    from tests.migration.pipeline.desk import Desk, Said

DICE = random.Random(20261120)  # noqa: S311  repeatable, no secret


def csv_text(header: list[str], rows: list[list[str]], **style: str) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator=style.get("end", "\n"), delimiter=style.get("by", ",")).writerows([header, *rows])
    return out.getvalue()


def _italian() -> tuple[str, str]:
    header = ["CODICE_FISCALE", "COGNOME", "NOME", "SESSO", "DATA_NASCITA", "VIA", "CAP", "Reddito €"]
    rows = [[f"RSSMRA{n:02}A01H501{n % 10}", "D'Ànnunzio", "Niccolò", "MF"[n % 2]] for n in range(60)]
    rows = [[*row, f"{n % 28 + 1:02}/03/1970", "Via Roma, 1", f"{n:05}", f"{n}.123,50"] for n, row in enumerate(rows)]
    return csv_text(header, rows, by=";", end="\r\n"), "iso-8859-15"


def _german() -> tuple[str, str]:
    header = ["Nr.", "Familienname", "Vorname", "Geburtsdatum", "Straße", "Größe (cm)", ""]
    rows = [
        [str(n), "Müller-Lüdenscheidt", "Jürgen", f"{n % 28 + 1}.1.1980", "Hauptstraße 5", "180", "?"]
        for n in range(50)
    ]
    return csv_text(header, rows, by=";"), "cp1252"


def _japanese() -> tuple[str, str]:
    header = ["個人コード", "カナ氏名", "漢字氏名", "性別区分", "生年月日", "郵便番号", "住所", "異動日"]
    rows = [
        [
            f"{n:08}",
            "ｺｳﾉ ﾀﾛｳ",
            "甲野　太郎",
            "12"[n % 2],
            f"3{n % 60 + 1:02}0107",
            "0600001",
            "見本町一丁目１番",
            "5010501",
        ]
        for n in range(70)
    ]
    return csv_text(header, rows, end="\r\n"), "cp932"


def _wide() -> tuple[str, str]:
    header = [f"COL{n:03}" for n in range(300)]
    rows = [[str(DICE.randrange(10**6)) for _ in header] for _ in range(30)]
    return csv_text(header, rows), "utf-8"


def _one_column() -> tuple[str, str]:
    return csv_text(["なまえ"], [[f"人{n}"] for n in range(40)]), "utf-8"


def _bad_names() -> tuple[str, str]:
    header = [
        "",
        "A",
        "A",
        "#record",
        "予備",
        "a b",
        'q"q',
        "x\ny",
        "[t]",
        "k=v",
        "\\",
        "業務/表",
        "from",
        "。",
        " 氏名 ",
    ]
    return csv_text(header, [[f"{n}-{m}" for m in range(len(header))] for n in range(40)]), "utf-8"


def _arabic() -> tuple[str, str]:
    header = ["الرقم", "الاسم", "تاريخ الميلاد"]
    return csv_text(header, [[str(n), "محمد", "1970-01-01"] for n in range(40)], by="\t"), "utf-8-sig"


def _no_header() -> tuple[str, str]:
    return csv_text(["0000", "甲野", "1970-01-01"], [[f"{n:04}", "甲野", "1980-02-03"] for n in range(1, 50)]), "utf-8"


def _wide_characters() -> tuple[str, str]:
    return csv_text(["番号", "𠮷野家"], [[str(n), "葛\U000e0102飾"] for n in range(40)]), "utf-16"


DUMPS = {
    function.__name__.strip("_"): function()
    for function in (
        _italian,
        _german,
        _japanese,
        _wide,
        _one_column,
        _bad_names,
        _arabic,
        _no_header,
        _wide_characters,
    )
}


def new(desk: Desk, *arguments: str) -> Said:
    return desk.yakuba("migrate", "new", "dump", "--municipality", "990019", "--out", "project.toml", *arguments)


def accounted(desk: Desk, records: int) -> None:
    """The proposal runs as it is, every record has its place, and the folder verifies."""
    said = desk.run()
    assert said.code in (0, 1), said.err
    sums = said.json
    assert sums["proven"]
    assert sums["records"] == records == sums["loaded"] + sums["merged"] + sums["rejected"]
    evidence = json.loads((desk.folder / "run/evidence/evidence.json").read_text("utf-8"))
    accounts = [entry["content"] for entry in evidence["entries"] if entry["kind"] == "account"]
    assert sum(one["records"] for one in accounts) == records
    for one in accounts:
        for part in (one, *one["files"]):
            assert part["records"] == part["loaded"] + part["merged"] + part["rejected"]
    assert desk.proven()


def cells(desk: Desk) -> set[str]:
    """Every value in the files that were written or handed back."""
    paths = [*(desk.folder / "run/data").rglob("*.csv"), *(desk.folder / "run").glob("rejected/*.csv")]
    return {text for path in paths for row in table(path) for text in row.values()}


@pytest.mark.parametrize("name", DUMPS)
def test_an_unknown_file_becomes_a_project_that_runs(desk: Desk, name: str) -> None:
    text, encoding = DUMPS[name]
    desk.put("dump/unknown.csv", text, encoding)
    assert new(desk).code == 0
    by = next(mark for mark in (";", "\t", ",") if mark in text) if name != "one_column" else ","
    rows = list(csv.reader(io.StringIO(text), delimiter=by))
    header = 0 if name == "no_header" else 1
    accounted(desk, len(rows) - header)
    written = cells(desk)
    if name in ("wide", "one_column", "bad_names", "arabic", "wide_characters"):
        assert {text for row in rows[header:] for text in row} <= written


def test_a_dump_of_many_files(desk: Desk) -> None:
    """Each kind gets a source; what is no table is named and left."""
    total = 0
    for name, (text, encoding) in DUMPS.items():
        desk.put(f"dump/{name}/{name}.csv", text, encoding)
        by = next(mark for mark in (";", "\t", ",") if mark in text) if name != "one_column" else ","
        total += len(list(csv.reader(io.StringIO(text), delimiter=by))) - (name != "no_header")
    desk.put("dump/読んでください.txt", "この町のデータです。\n", "cp932")
    desk.put("dump/photo.jpg", bytes(range(256)))
    desk.put("dump/empty.csv", b"")
    said = new(desk, "--json")
    assert said.code == 0
    left = {name for name, _ in said.json["skipped"]}
    assert {"photo.jpg", "empty.csv"} <= left
    if "読んでください.txt" not in left:
        total += 1
    accounted(desk, total)


def test_bad_records_in_an_unknown_file_are_accounted_for(desk: Desk) -> None:
    rows = [f"{n},甲野,x{n}\n" for n in range(200)]
    rows[20], rows[30], rows[40] = "20,甲野\n", "30,\0,x\n", "40,a,b,c,d\n"
    desk.put("dump/a.csv", "NO,名前,備考\n" + "".join(rows))
    assert new(desk).code == 0
    accounted(desk, 200)
    rejected = list((desk.folder / "run/rejected").glob("*.unread.dat"))
    assert len(rejected) == 1
    assert rejected[0].read_text("utf-8").splitlines(keepends=True) == [rows[20], rows[30], rows[40]]


@pytest.mark.parametrize("kind", ["nothing", "a file", "an empty folder", "only empty files"])
def test_a_dump_that_is_none(desk: Desk, kind: str) -> None:
    if kind == "a file":
        desk.put("dump", "x")
    elif kind != "nothing":
        (desk.folder / "dump").mkdir()
    if kind == "only empty files":
        desk.put("dump/a.csv", b"")
    said = new(desk)
    assert said.code in (2, 3)
    assert "dump" in said.err
    assert not (desk.folder / "project.toml").exists()


def test_a_proposal_never_replaces_a_project(desk: Desk, tmp_path: Path) -> None:
    assert tmp_path.exists()
    desk.put("dump/a.csv", DUMPS["japanese"][0])
    assert new(desk).code == 0
    path = desk.put("project.toml", (desk.folder / "project.toml").read_text("utf-8") + "# mine\n")
    assert new(desk).code == 2
    assert path.read_text("utf-8").endswith("# mine\n")
    assert new(desk, "--force").code == 0
    assert not path.read_text("utf-8").endswith("# mine\n")


def test_an_earlier_run_inside_the_dump_is_not_taken_for_data(desk: Desk) -> None:
    desk.put("dump/a.csv", DUMPS["japanese"][0])
    first = desk.yakuba("migrate", "new", "dump", "--municipality", "990019", "--json").json["sources"]
    ran = desk.yakuba("migrate", "run", "dump/project.toml", "--json")
    assert ran.json["out"] == "dump/run"
    again = desk.yakuba("migrate", "new", "dump", "--municipality", "990019", "--json", "--force").json["sources"]
    assert [one["source"] for one in again] == [one["source"] for one in first]
