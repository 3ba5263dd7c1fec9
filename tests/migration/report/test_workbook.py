"""The workbook: safe to open, and what departments answer in it comes back as decisions."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from openpyxl import load_workbook
from tests.migration.verification.run_folder import Made, build_run

from yakuba.kernel.errors import UsageError
from yakuba.migration.pipeline.decisions import COLUMNS, read_decisions
from yakuba.migration.report import make_report, workbook
from yakuba.migration.report.answers import collect_answers

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    run = build_run(tmp_path_factory.mktemp("made"))
    make_report(run.out)
    return run


@pytest.fixture
def book(made: Made) -> Workbook:
    return load_workbook(made.out / "findings.xlsx")


def sheet_rows(book: Workbook, name: str) -> list[dict[str, Any]]:
    head, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip([str(cell) for cell in head], row, strict=True)) for row in rows]


def answer(made: Made, folder: Path, name: str, answers: dict[int, dict[str, Any]]) -> Path:
    """A copy of the workbook with answers in rows (2 = first) of 住民課."""
    path = shutil.copy2(made.out / "findings.xlsx", folder / name)
    book = load_workbook(path)
    sheet = book["住民課"]
    columns = {str(cell.value): at for at, cell in enumerate(sheet[1], start=1)}
    for row, cells in answers.items():
        for head, value in cells.items():
            sheet.cell(row, columns[head]).value = value
    book.save(path)
    return Path(path)


def test_there_is_a_sheet_for_each_department(made: Made, book: Workbook) -> None:
    assert book.sheetnames == ["凡例", "住民課", "税務課"]
    findings = pl.read_parquet(made.out / "findings.parquet").filter(pl.col("severity") != "note")
    assert sum(book[name].max_row - 1 for name in book.sheetnames[1:]) == findings.height
    ids = {row["指摘ID"] for name in book.sheetnames[1:] for row in sheet_rows(book, name)}
    assert ids == set(findings["id"])


def test_a_sheet_can_be_filtered_and_answered(book: Workbook) -> None:
    sheet = book["住民課"]
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref == f"A1:Q{sheet.max_row}"
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == '"採用,値,そのまま,差し戻し"'
    assert str(choice.sqref) == f"F2:F{sheet.max_row}"
    first = sheet_rows(book, "住民課")[0]
    assert (first["重要度"], first["内容"], first["ファイル"], first["行"]) == (
        "停止",
        "主キーが空の行",
        "JUKI0.csv",
        3,
    )


def test_a_value_is_never_a_formula(book: Workbook) -> None:
    dangerous = [cell for row in book["住民課"].iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert dangerous
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in dangerous)
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_risky_beginnings_are_kept_as_text(made: Made, tmp_path: Path, start: str) -> None:
    run = shutil.copytree(made.out, tmp_path / "run")
    findings = pl.read_parquet(run / "findings.parquet")
    findings.with_columns(value=pl.lit(start + "SUM(A1)")).write_parquet(run / "findings.parquet")
    make_report(run)
    values = load_workbook(run / "findings.xlsx")["住民課"]["D"][1:]
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in values)


def test_control_characters_do_not_break_it(made: Made, tmp_path: Path) -> None:
    run = shutil.copytree(made.out, tmp_path / "run")
    findings = pl.read_parquet(run / "findings.parquet")
    findings.with_columns(value=pl.lit("a\x00b\x1fc")).write_parquet(run / "findings.parquet")
    make_report(run)
    assert sheet_rows(load_workbook(run / "findings.xlsx"), "住民課")[0]["値"] == "a␀b␟c"


def test_a_long_list_is_cut_and_says_so(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = shutil.copytree(made.out, tmp_path / "run")
    monkeypatch.setattr(workbook, "CAP", 3)
    make_report(run)
    book = load_workbook(run / "findings.xlsx")
    assert book["住民課"].max_row == 4
    assert sheet_rows(book, "住民課")[0]["重要度"] == "停止"
    texts = [str(cell) for row in book["凡例"].iter_rows(values_only=True) for cell in row]
    assert any("3 件だけ" in text and "findings.csv" in text for text in texts)


def test_answers_come_back_as_decisions(made: Made, tmp_path: Path) -> None:
    rows = sheet_rows(load_workbook(made.out / "findings.xlsx"), "住民課")
    given: dict[int, dict[str, Any]] = {
        2: {"判断": "差し戻し", "判断者": "乙川", "判断日": dt.datetime(2026, 11, 21)},  # noqa: DTZ001 - as Excel has it
        3: {"判断": "採用"},
        4: {"判断": "値", "新しい値": 7},
        5: {"判断": "そのまま", "理由": "原本のとおり"},
    }
    path = answer(made, tmp_path, "juminka.xlsx", given)
    into = tmp_path / "decisions.csv"
    found = collect_answers(made.out, [path], into)
    assert (found.new, found.changed, found.total) == (4, 0, 4)
    decisions = read_decisions(into)
    assert decisions.handed_back == {rows[0]["指摘ID"]}
    assert decisions.kept == {rows[3]["指摘ID"]}
    assert decisions.values["new"].to_list() == ["0", "7"]
    assert decisions.values["value"].to_list() == ["9", "9"]
    with into.open(encoding="utf-8-sig") as stream:
        first = next(csv.DictReader(stream))
    assert (first["判断日"], first["判断者"], first["ファイル"], first["行"]) == (
        "2026-11-21",
        "乙川",
        "JUKI0.csv",
        "3",
    )
    assert list(first) == list(COLUMNS.values())


def test_earlier_answers_are_kept_and_later_ones_win(made: Made, tmp_path: Path) -> None:
    into = tmp_path / "decisions.csv"
    collect_answers(made.out, [answer(made, tmp_path, "a.xlsx", {3: {"判断": "採用"}, 4: {"判断": "採用"}})], into)
    found = collect_answers(made.out, [answer(made, tmp_path, "b.xlsx", {4: {"判断": "そのまま"}})], into)
    assert (found.new, found.changed, found.total) == (0, 1, 2)
    assert collect_answers(made.out, [made.out / "findings.xlsx"], into).total == 2


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"判断": "はい"}, "判断 = はい"),
        ({"判断": "値"}, "without a value"),
        ({"判断": "採用", "指摘ID": "0000"}, "none of this run"),
    ],
)
def test_an_answer_that_cannot_be_meant_is_named(made: Made, tmp_path: Path, cells: dict[str, str], words: str) -> None:
    path = answer(made, tmp_path, "x.xlsx", {3: cells})
    with pytest.raises(UsageError, match=words) as caught:
        collect_answers(made.out, [path], tmp_path / "decisions.csv")
    assert "x.xlsx 住民課 3行" in caught.value.message
    assert not (tmp_path / "decisions.csv").exists()


def test_departments_that_disagree_are_named(made: Made, tmp_path: Path) -> None:
    one = answer(made, tmp_path, "a.xlsx", {3: {"判断": "採用"}})
    two = answer(made, tmp_path, "b.xlsx", {3: {"判断": "そのまま"}})
    with pytest.raises(UsageError, match=r"a\.xlsx 住民課 3行"):
        collect_answers(made.out, [one, two], tmp_path / "decisions.csv")


def test_what_is_no_workbook_is_refused(made: Made, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_text("no", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be read"):
        collect_answers(made.out, [path], tmp_path / "decisions.csv")
    (tmp_path / "d.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no decisions file"):
        collect_answers(made.out, [made.out / "findings.xlsx"], tmp_path / "d.csv")
