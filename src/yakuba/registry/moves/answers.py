"""Answers (判断) given on the screen: they take the same way as those in a department's workbook."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

import polars as pl
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from yakuba.kernel.finding import Severity
from yakuba.migration.contracts import LINE
from yakuba.migration.pipeline.decisions import COLUMNS, LONGEST
from yakuba.migration.project import read_project
from yakuba.migration.report.answers import Collected, collect_answers
from yakuba.migration.report.summary import located
from yakuba.migration.report.words import advice, title
from yakuba.migration.verification.evidence import EvidenceBuilder
from yakuba.registry.moves.store import locked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from yakuba.registry.moves.store import Move, Run

FIELDS = ("verdict", "new", "who", "when", "why")
"""What a person fills in."""


@dataclass(frozen=True, slots=True)
class Question:
    """One finding that waits for a person, with the answer given so far ("" for none)."""

    id: str
    code: str
    title: str
    advice: str
    severity: Severity
    department: str
    group: str
    item: str
    key: str
    value: str
    proposal: str
    place: str
    verdict: str = ""
    new: str = ""
    who: str = ""
    when: str = ""
    why: str = ""

    @property
    def answered(self) -> bool:
        """Whether somebody has decided."""
        return bool(self.verdict)


def questions(move: Move, run: Run) -> list[Question]:
    """Findings of a run that need a decision (停止, 要修正), heaviest first, each with its answer."""
    given = decided(move)
    rows = located(run.folder, EvidenceBuilder.read(run.folder)).filter(
        pl.col("severity").is_in([str(Severity.STOP), str(Severity.ERROR)])
    )
    names = ("id", "code", "department", "group", "item", "key", "value", "proposal", "place", LINE)
    found: dict[str, Question] = {}
    for row in rows.select("severity", *names).iter_rows(named=True):
        text = {name: str(row[name] or "") for name in names if name != LINE}
        answer = {name: given.get(text["id"], {}).get(name, "") for name in FIELDS}
        found.setdefault(
            text["id"],
            Question(
                **text,
                title=title(text["code"]),
                advice=advice(text["code"]),
                severity=Severity(row["severity"]),
                **answer,
            ),
        )
    return list(found.values())


def decided(move: Move) -> dict[str, dict[str, str]]:
    """Answers in the decisions file of a move, by id of the finding."""
    path = _file(move)
    if not path.is_file():
        return {}
    csv.field_size_limit(LONGEST)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [{name: row.get(head) or "" for name, head in COLUMNS.items()} for row in csv.DictReader(stream)]
    return {row["id"]: row for row in rows if row["verdict"]}


def answer(
    move: Move, run: Run, given: Mapping[str, Mapping[str, str]], seen: Mapping[str, str]
) -> tuple[Collected, list[str]]:
    """Write answers into the decisions file.

    Args:
        given: `FIELDS` by id of the finding; only answered ones.
        seen: verdict that stood beside the question when the page was made, by id.

    Returns:
        what was gathered, and the ids that somebody else answered meanwhile and that were left as they are.

    Raises:
        UsageError: an answer is none of the four words or lacks its value.
    """
    with locked(move.folder):
        now = decided(move)
        late = [
            one
            for one, fields in given.items()
            if (there := now.get(one, {})).get("verdict", "") != seen.get(one, "")
            and any(there.get(name, "") != fields[name] for name in FIELDS)
        ]
        taken = {one: fields for one, fields in given.items() if one not in late}
        if not taken:
            return Collected(0, 0, len(now)), late
        sheet = move.folder / f".answers-{uuid4().hex}.xlsx"
        try:
            _as_workbook(sheet, taken)
            return collect_answers(run.folder, [sheet], _file(move)), late
        finally:
            sheet.unlink(missing_ok=True)


def gather(move: Move, run: Run, workbooks: Sequence[Path]) -> Collected:
    """Write the answers of departments' workbooks into the decisions file.

    Raises:
        UsageError: see `collect_answers`.
    """
    with locked(move.folder):
        return collect_answers(run.folder, workbooks, _file(move))


def _file(move: Move) -> Path:
    return move.dump / read_project(move.project).decisions


def _as_workbook(path: Path, given: Mapping[str, Mapping[str, str]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("画面")
    sheet.append([COLUMNS["id"], *(COLUMNS[name] for name in FIELDS)])
    for one, fields in given.items():
        cells = [WriteOnlyCell(sheet, value) for value in (one, *(fields[name] for name in FIELDS))]
        for cell in cells:
            cell.data_type = "s"  # a text that begins like a formula is a text
        sheet.append(cells)
    book.save(path)
