"""Summing (合計): control totals of a table after a change, from as little as is enough to know them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.vault.tables.parse import some_cells
from yakuba.vault.tables.raw import stretches
from yakuba.vault.tables.records import split
from yakuba.vault.tables.totals import Totals, together, totals
from yakuba.vault.tables.whole_table import Rows, in_turn

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.vault.tables.feed import FeedTable
    from yakuba.vault.tables.known import Known


def added_up(table: FeedTable, path: Path) -> Totals:
    """Control totals of a whole file. Most tables of a day are as they were, and are not read again for this."""

    def summed(stretch: tuple[int, bytes]) -> Totals:
        texts = split(stretch[1], table.columns, str(path))
        return totals(some_cells(texts, table.columns, table.numbers, str(path)), table.numbers)

    return together(in_turn(summed, stretches(path, table.start) if table.numbers else ()), table.numbers)


def follow(table: FeedTable, known: Known, gone: int, rows: list[Rows]) -> Totals | None:
    """Control totals when rows came; None when some went, as nobody here knows any more what those held."""
    if not table.numbers:
        return {}
    if known.totals is None or gone or set(known.totals) != set(table.numbers):
        return None
    return together([known.totals, *(one.totals for one in rows)], table.numbers)
