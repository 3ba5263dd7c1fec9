"""Proofs of written tables (取込みの証明): what says that a file is still what was proven, while it is copied.

A file is read once: what goes into the database and what is held against the proof are the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from yakuba.migration.verification.reread import CsvReread
from yakuba.migration.verification.written import Written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import polars as pl


class Reading(Protocol):
    """One reading of a table, from its start."""

    def blocks(self) -> Iterator[pl.DataFrame]:
        """Its rows in order, String columns; items that have been empty in every row so far may be left out."""

    def holds(self) -> bool:
        """Whether all blocks together are what was proven; to be asked after the last one."""

    def filled(self) -> int:
        """Cells that are not empty, of all blocks together."""


class Proof(Protocol):
    """What is known of a table from elsewhere than its file."""

    def reading(self, name: str, columns: tuple[str, ...], path: Path) -> Reading:
        """Begin to read the table ("業務/グループ") against this proof."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What the evidence of a migration says of every column.

    Attributes:
        columns: facts per column, as `ColumnFacts.as_dict`. numeric: items with a control total.
        lineage: where every row came from.
    """

    columns: tuple[dict[str, Any], ...]
    numeric: frozenset[str]
    lineage: Path

    def reading(self, name: str, columns: tuple[str, ...], path: Path) -> Reading:
        """See `Proof`."""
        return _SignedReading(CsvReread(Written(name, columns, self.lineage, path, None, self.numeric)), self.columns)


@dataclass(frozen=True, slots=True)
class _SignedReading:
    """A reading whose columns are digested on the way."""

    reread: CsvReread
    signed: tuple[dict[str, Any], ...]

    def blocks(self) -> Iterator[pl.DataFrame]:
        return self.reread.blocks()

    def holds(self) -> bool:
        return [facts.as_dict() for facts in self.reread.digest.facts()] == list(self.signed)

    def filled(self) -> int:
        return sum(facts.filled for facts in self.reread.digest.facts())
