"""Answers (判断の回収): what the departments wrote into their workbooks, gathered into one decisions file.

Key, item and value are taken from the run, not from the sheet, so nothing that a spreadsheet does to a number or a
date can change what a decision is about. Answers of earlier rehearsals stay in the file: a finding that was answered
does not come back, but its answer is needed every time.
"""

from __future__ import annotations

import csv
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import polars as pl
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from yakuba.kernel.errors import UsageError
from yakuba.kernel.finding import Severity
from yakuba.migration.contracts import LINE
from yakuba.migration.pipeline.decisions import COLUMNS, VALUE, VERDICTS
from yakuba.migration.report.summary import located
from yakuba.migration.report.workbook import ANSWERS
from yakuba.migration.verification.evidence import EvidenceBuilder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_NEEDED = ("id", *ANSWERS)


@dataclass(frozen=True, slots=True)
class Collected:
    """What was gathered: `new` answers, `changed` ones that replace an earlier answer, and `total` in the file now."""

    new: int
    changed: int
    total: int


def collect_answers(run: Path, workbooks: Sequence[Path], decisions: Path) -> Collected:
    """Put the answers of workbooks into a decisions file, which is made when it does not exist.

    Args:
        run: the run whose findings were asked about.
        workbooks: findings.xlsx as they came back, whole or cut to single sheets.
        decisions: file that the project names; answers that are already in it are kept.

    Raises:
        UsageError: a workbook cannot be read, an answer is none of the four words or lacks its value, two workbooks
            answer the same finding differently, or an answer is about no finding of this run.
    """
    asked = _asked(run)
    kept = _kept(decisions)
    given: dict[str, tuple[dict[str, str], str]] = {}
    for workbook in workbooks:
        for where, answer in _answers(workbook):
            before = given.get(answer["id"])
            if before and before[0] != answer:
                raise UsageError(f"{where}: another answer is in {before[1]}", remedy="ask the departments to agree")
            if answer["id"] not in asked and answer["id"] not in kept:
                raise UsageError(
                    f"{where}: 指摘ID {answer['id']} is none of this run", remedy="give the run they answered"
                )
            given[answer["id"]] = (answer, where)
    merged = dict(kept)
    for name, (answer, _) in given.items():
        merged[name] = {**(asked.get(name) or kept[name]), **answer}
    changed = sum(1 for name in given if name in kept and kept[name] != merged[name])
    _write(decisions, merged)
    return Collected(sum(1 for name in given if name not in kept), changed, len(merged))


def _asked(run: Path) -> dict[str, dict[str, str]]:
    """Findings of a run by id, as rows of a decisions file without an answer."""
    rows = located(run, EvidenceBuilder.read(run)).with_columns(
        pl.col("place").str.split(" ").list.first().alias("file"), pl.col(LINE).cast(pl.String).alias("line")
    )
    out: dict[str, dict[str, str]] = {}
    for row in rows.iter_rows(named=True):
        known = {name: str(row[name] or "") if name in row else "" for name in COLUMNS}
        out.setdefault(row["id"], {**known, "severity": Severity(row["severity"]).japanese})
    return out


def _kept(decisions: Path) -> dict[str, dict[str, str]]:
    if not decisions.exists():
        return {}
    with decisions.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        if set(COLUMNS.values()) - set(reader.fieldnames or ()):
            raise UsageError(f"{decisions}: no decisions file", remedy="give another name")
        rows = [{name: row[head] or "" for name, head in COLUMNS.items()} for row in reader]
    return {row["id"]: row for row in rows if row["verdict"]}


def _answers(workbook: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Answered rows with the place they stand at (file, sheet, row)."""
    for sheet, rows in _sheets(workbook).items():
        head = rows[0] if rows else []
        if any(COLUMNS[name] not in head for name in _NEEDED):
            continue
        at = {name: head.index(COLUMNS[name]) for name in _NEEDED}
        for number, row in enumerate(rows[1:], start=2):
            answer = {name: row[index] if index < len(row) else "" for name, index in at.items()}
            if answer["verdict"]:
                where = f"{workbook.name} {sheet} {number}行"
                yield where, _checked(answer, where)


def _sheets(workbook: Path) -> dict[str, list[list[str]]]:
    """All cells of all sheets as text, read at once so that the file is closed again."""
    try:
        with closing(load_workbook(workbook, read_only=True, data_only=True)) as book:
            return {
                sheet.title: [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
                for sheet in book.worksheets
            }
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise UsageError(f"{workbook}: cannot be read as a workbook", remedy="save it as .xlsx") from error


def _checked(answer: dict[str, str], where: str) -> dict[str, str]:
    if answer["verdict"] not in VERDICTS:
        raise UsageError(f"{where}: 判断 = {answer['verdict']}", remedy=f"choose from {'・'.join(VERDICTS)}")
    if answer["verdict"] == VALUE and not answer["new"]:
        raise UsageError(f"{where}: 判断 {VALUE} without a value", remedy="fill 新しい値")
    return answer


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip(" ")


def _write(decisions: Path, rows: dict[str, dict[str, str]]) -> None:
    temporary = decisions.with_name(f".{decisions.name}.part")
    with temporary.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS.values())
        writer.writerows([row[name] for name in COLUMNS] for row in rows.values())
    temporary.replace(decisions)
