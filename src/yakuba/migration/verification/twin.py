"""The twin (同じ行のParquet): whether it holds, cell by cell, what the CSV beside it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.migration.verification.reread import as_parquet_text, telling, typed_items

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROWS = 32_768
"""Rows read at a time, from a multiple of it on, as row groups usually are cut."""


class Twin:
    """Holds a Parquet against the blocks of the CSV while these are drawn.

    Attributes:
        same: no difference so far.
    """

    def __init__(self, parquet: Path) -> None:
        self.same = True
        self._path = parquet
        self._typed = typed_items(parquet)
        self._lazy = pl.scan_parquet(parquet)
        self._next = 0
        self._since: dict[str, int] = {}
        self._buffer = pl.DataFrame()

    def compare(self, block: pl.DataFrame) -> None:
        """Compare the next rows of the CSV; items that are left out are empty."""
        for item in block.columns:
            self._since.setdefault(item, self._next)
        if not self.same or block.is_empty():
            return
        with telling(self._path):
            block = block.with_columns(as_parquet_text(block, self._typed))
            for start, rows in self._rows(block.columns, block.height):
                beside = block.slice(start, rows.height)
                self.same &= all(beside[item].equals(rows[item]) for item in block.columns)

    def _rows(self, items: list[str], count: int) -> Iterator[tuple[int, pl.DataFrame]]:
        """The next rows in pieces, each with its place; a shorter file ends in fewer rows, which is a difference."""
        start = 0
        while start < count:
            if self._buffer.is_empty() or not set(items) <= set(self._buffer.columns):
                self._buffer = self._read(items)
            if self._buffer.is_empty():
                self.same = False
                return
            piece = self._buffer.head(count - start)
            self._buffer = self._buffer.slice(piece.height)
            self._next += piece.height
            yield start, piece
            start += piece.height

    def _read(self, items: list[str]) -> pl.DataFrame:
        rows = self._lazy.slice(self._next, ROWS - self._next % ROWS)
        return rows.select(pl.col(item).cast(pl.String).fill_null("") for item in items).collect()

    def finish(self) -> bool:
        """Whether both were the same to the end, in the items that the CSV never or not at first filled too."""
        if not self.same:
            return False
        with telling(self._path):
            names = self._lazy.collect_schema().names()
            ends = {item: self._since.get(item, self._next) for item in names}
            filled = [pl.col(item).head(end).is_not_null().any() for item, end in ends.items() if end]
            rows = int(self._lazy.select(pl.len()).collect().item())
            hidden = bool(filled) and any(self._lazy.select(filled).collect(engine="streaming").row(0))
            return rows == self._next and not hidden
