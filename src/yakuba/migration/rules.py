"""What a rule file of migration/checks and migration/cleansing looks like, and what it may look at.

A rule file is named after its code and has a docstring (meaning, what it is not, source, example) and the constants

    CATEGORY   C1 … C14 of the 不正データ categories
    SEVERITY   weight of its findings (checks only)
    HINT_JA, HINT_EN   what to do, one sentence each

and ONE verb:

    cells(group, context) -> Iterator[Cells]      a check of single cells or of cells of one row
    rows(tables, context) -> pl.LazyFrame         a check that needs more than one row (columns: see ROWS)
    fixes(group, context) -> Iterator[Fix]        a cleansing rule
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import polars as pl

from yakuba.migration.contracts import RECORD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from yakuba.kernel.finding import Severity
    from yakuba.layouts.model import Group, Layout


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of one item that a check refuses.

    Attributes:
        item: official item name the finding is about.
        bad: true where the cell is refused; over String columns named by item, never null in, never null out.
        proposal: what to propose instead; None when only a person knows.
        severity: where it differs from the rule's own.
    """

    item: str
    bad: pl.Expr
    proposal: pl.Expr | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Fix:
    """A correction of one item: where `applies`, the cell becomes `value`. Must be idempotent and cheap to refuse."""

    item: str
    applies: pl.Expr
    value: pl.Expr


ROWS = {
    "group": pl.String(),
    RECORD: pl.UInt64(),
    "source": pl.String(),
    "item": pl.String(),
    "value": pl.String(),
    "proposal": pl.String(),
    "severity": pl.String(),
}
"""Columns that `rows` gives back, one row per refused record (severity null = the rule's own)."""


@dataclass(frozen=True, slots=True)
class Context:
    """What every rule may know.

    Attributes:
        as_of: 基準日, the "today" of the run.
        municipality: 団体コード (6 digits) of the town.
        layouts: layout by business name.
        municipalities: 団体コード (6 digits) → (都道府県, 市区町村).
        dictionary: the town's address dictionary (町字コード, 町字, 郵便番号), empty frame when there is none.
        options: settings of this rule from the project.
    """

    as_of: date
    municipality: str
    layouts: Mapping[str, Layout]
    municipalities: Mapping[str, tuple[str, str]]
    dictionary: pl.DataFrame
    options: Mapping[str, Mapping[str, Any]]

    def codes(self, business: str, name: str) -> dict[str, str]:
        """Values of a code list, {} when the layout has none of that name."""
        found = self.layouts[business].codes.get(name)
        return found.values if found else {}


class Tables(Protocol):
    """All rows of a run, group by group, as lazy frames that read only the columns asked for."""

    @property
    def groups(self) -> Mapping[str, Group]:
        """Groups that have rows in this run, by "業務/グループ"."""

    def scan(self, group: str, items: list[str]) -> pl.LazyFrame:
        """RECORD, "source" (String) and the items as String columns (a missing item is all "")."""
