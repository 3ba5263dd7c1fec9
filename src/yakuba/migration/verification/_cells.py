"""Cell-by-cell equality of expected and written rows that stand beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import masked
from yakuba.migration.contracts import RECORD
from yakuba.migration.verification.comparison import NAMED, Difference

if TYPE_CHECKING:
    from yakuba.migration.verification._rows import Place


class Cells:
    """Counts compared and differing cells and names the first NAMED differing ones."""

    def __init__(self, file: str, items: tuple[str, ...]) -> None:
        self.compared = 0
        self.differing = 0
        self.named: list[Difference] = []
        self._file = file
        self._items = items

    def compare(self, expected: pl.DataFrame, place: Place) -> None:
        """Compare the rows of an expected block with the written rows beside them.

        An item that one of the two frames leaves out is empty there in every row.
        """
        rows = place.pick(expected)
        self.compared += rows.height * len(self._items)
        there = {*rows.columns, *place.written.columns}
        for item in self._items:
            if item in there:
                left, right = _column(rows, item), _column(place.written, item)
                if not left.equals(right):
                    self._name(item, rows, place, left, right)

    def _name(self, item: str, rows: pl.DataFrame, place: Place, left: pl.Series, right: pl.Series) -> None:
        differs = left != right
        self.differing += int(differs.sum())
        room = NAMED - len(self.named)
        picked = rows.select("source", RECORD, left.alias("expected"), right.alias("found"), place.numbers.alias("row"))
        for source, record, wanted, found, row in picked.filter(differs).head(max(room, 0)).iter_rows():
            values = (masked(item, wanted), masked(item, found))
            self.named.append(Difference(self._file, int(row), source, int(record), item, *values))


def _column(frame: pl.DataFrame, item: str) -> pl.Series:
    return frame[item] if item in frame.columns else pl.Series(item, [""]).new_from_index(0, frame.height)
