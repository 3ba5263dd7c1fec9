"""What was written for one group: the files, and which items they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.migration.verification.digest import numeric_items

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.layouts.model import Group


@dataclass(frozen=True, slots=True)
class Written:
    """One written table.

    Attributes:
        group: "業務/グループ", or "予備/<source>" for the reserve area.
        items: official item names in the written order.
        lineage: Parquet with `#record` and `source`, one row per written row, in order.
        csv: the written file that is compared with the source. parquet: the same rows, None when there is none.
        numeric: items that get a control total.
    """

    group: str
    items: tuple[str, ...]
    lineage: Path
    csv: Path
    parquet: Path | None = None
    numeric: frozenset[str] = frozenset()

    @classmethod
    def of_group(cls, business: str, group: Group, lineage: Path, csv: Path, parquet: Path | None = None) -> Written:
        """A group of a standard layout; number items get control totals."""
        items = tuple(item.name for item in group.items)
        return cls(f"{business}/{group.name}", items, lineage, csv, parquet, numeric_items(group))
