"""The outcome of comparing one written group with its source, as plain values that go into the evidence."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yakuba.migration.verification.digest import ColumnFacts

NAMED = 1_000
"""Differences and misplaced rows that are named one by one; beyond that only their number is told."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that is not what the source, the mapping and the recorded corrections give.

    Attributes:
        file: written file. row: 1-based row in it, the header not counted.
        source, record: where the row comes from.
        item: official item name. expected, found: the two values, masked when the item is a secret one.
    """

    file: str
    row: int
    source: str
    record: int
    item: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Misplaced:
    """One row that is not where it should be.

    Attributes:
        kind: "missing" (expected, not written), "extra" (written, not expected), "order" (written elsewhere),
            "lineage" (the file has more or fewer rows than its lineage), "correction" (a recorded correction that
            does not start from the value the mapping gives).
        source, record: where the row comes from. row: 1-based row in the written file; 0 when there is none.
        item: for a correction.
    """

    kind: str
    source: str
    record: int
    row: int = 0
    item: str = ""


@dataclass(frozen=True, slots=True)
class ControlTotal:
    """Control total (合計値) of one number item: offered + corrected = written + held_back must hold exactly.

    Attributes:
        offered: over all rows the mapping gives. held_back: over those of them that were rejected or merged.
        corrected: what the recorded corrections add. written: over the rows of the written file.
    """

    item: str
    offered: str
    corrected: str
    written: str
    held_back: str
    balances: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome for one group.

    Attributes:
        group: "業務/グループ". files: form ("csv", "parquet", "lineage") → path that was read.
        offered: rows that the mapping gives for this group. loaded: rows found in the written file.
        merged, rejected: rows of them that were held back with a recorded disposition.
        cells: cells compared. corrected: cells that a recorded correction changed.
        differing: cells that differ; `differences` names the first of them.
        misplaced: rows that are not where they should be; `misplacements` names the first of them.
        columns: digest, count and control total of each item as re-read from the CSV.
        totals: control totals.
        twin_columns: the same as `columns`, re-read from the Parquet (numbers as plain text); empty without one.
        twins: whether CSV and Parquet hold the same cells (true when there is no Parquet).
    """

    group: str
    files: dict[str, str]
    offered: int
    loaded: int
    merged: int
    rejected: int
    cells: int
    corrected: int
    differing: int
    differences: tuple[Difference, ...]
    misplaced: int
    misplacements: tuple[Misplaced, ...]
    columns: tuple[ColumnFacts, ...]
    totals: tuple[ControlTotal, ...]
    twin_columns: tuple[ColumnFacts, ...]
    twins: bool

    @property
    def proven(self) -> bool:
        """Every expected row is in its place, every cell equal, every total in balance."""
        rows = self.offered == self.loaded + self.merged + self.rejected
        totals = all(total.balances for total in self.totals)
        return rows and totals and self.twins and not self.differing and not self.misplaced

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for the evidence."""
        return {**asdict(self), "proven": self.proven}
