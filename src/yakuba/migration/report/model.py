"""What the report says, as plain values; made from a run folder by `summary.py`, drawn by `page.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yakuba.kernel.finding import Severity


@dataclass(frozen=True, slots=True)
class Example:
    """One row that shows what is meant. `place` = file and line; `value` is masked when it is a secret one."""

    place: str
    key: str
    value: str
    proposal: str


@dataclass(frozen=True, slots=True)
class Where:
    """How many findings of a topic are about one item of one group."""

    group: str
    item: str
    count: int


@dataclass(frozen=True, slots=True)
class Topic:
    """All findings of one code and weight that one department has.

    Attributes:
        code: finding code. title, advice: what it says and what to do, in Japanese.
        severity: weight. count: number of findings.
        wheres: items they are about, most first. examples: rows from the most frequent items.
    """

    code: str
    title: str
    advice: str
    severity: Severity
    count: int
    wheres: tuple[Where, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Department:
    """One department (担当課) with what it has to decide and to look at.

    Attributes:
        topics: heaviest and most frequent first; notes are not among them.
        decisions: findings that wait for an answer (停止, 要修正). warnings: those that need a look (警告).
    """

    name: str
    topics: tuple[Topic, ...]
    decisions: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Change:
    """One before → after of a correction, and how often it was made."""

    item: str
    before: str
    after: str
    count: int


@dataclass(frozen=True, slots=True)
class Correction:
    """What one correction rule changed. `changes` are the most frequent ones."""

    code: str
    title: str
    cells: int
    items: int
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class HandedBack:
    """Records that were handed back (差し戻し) for one reason."""

    code: str
    title: str
    advice: str
    count: int
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Character:
    """One character that no table resolved.

    Attributes:
        codes: its code points ("U+E0A3"). count: how often it stands anywhere.
        wheres: source columns it stands in, most first.
    """

    codes: str
    count: int
    wheres: tuple[str, ...]

    @property
    def text(self) -> str:
        """The character itself."""
        return "".join(chr(int(code.removeprefix("U+"), 16)) for code in self.codes.split())


@dataclass(frozen=True, slots=True)
class Destinations:
    """Where the records of the dump went; the five parts add up to `records`.

    Attributes:
        as_is: loaded without a change and without a question. corrected: loaded with corrected cells, no question.
        waiting: loaded, but somebody has to decide something about it. merged: one with an identical record.
        rejected: handed back.
    """

    records: int
    as_is: int
    corrected: int
    waiting: int
    merged: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything the report says about one run.

    Attributes:
        name, municipality, as_of, layout: as in the project.
        proven: every record has its destination and every re-read cell is the expected one.
        fingerprint: of the signing key.
        departments, corrections, handed_back, characters: findings in the reader's order, most first.
        layouts, files, groups, left_behind: contents of the evidence, unchanged.
        result: sums of the evidence ("rows", "cells", "records", "loaded" …).
        notes: number of findings of weight 参考.
    """

    name: str
    municipality: str
    as_of: str
    layout: str
    proven: bool
    fingerprint: str
    destinations: Destinations
    departments: tuple[Department, ...]
    corrections: tuple[Correction, ...]
    handed_back: tuple[HandedBack, ...]
    characters: tuple[Character, ...]
    notes: int
    layouts: tuple[Mapping[str, Any], ...]
    files: tuple[Mapping[str, Any], ...]
    groups: tuple[Mapping[str, Any], ...]
    left_behind: tuple[tuple[str, str, str], ...]
    result: Mapping[str, Any]

    @property
    def decisions(self) -> int:
        """Findings that wait for an answer, over all departments."""
        return sum(department.decisions for department in self.departments)

    @property
    def warnings(self) -> int:
        """Findings that need a look, over all departments."""
        return sum(department.warnings for department in self.departments)

    @property
    def corrected_cells(self) -> int:
        """Cells changed by correction rules and decisions."""
        return sum(correction.cells for correction in self.corrections)
