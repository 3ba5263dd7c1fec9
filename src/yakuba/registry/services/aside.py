"""Put aside (取り置き): what the projection needs of the rows of a load, packed until all of them are there.

A person's rows may stand anywhere in several files. They are parted by 宛名番号, so that everybody can be projected
some ten thousands at a time, and memory holds the whole municipality only packed, never laid open.
"""

from __future__ import annotations

import io
from collections import defaultdict
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator

_PART = 50_000
"""Rows of people that are laid open at a time."""
_SHARED = ("protection", "together", "block")
"""Tables whose rows concern others than their 宛名番号; they are short."""


class Aside:
    """Rows of tables of roles.

    Args:
        rows: how many there will be in the longest table.
    """

    def __init__(self, rows: int) -> None:
        self._parts = max(1, -(-rows // _PART))
        self._shared: dict[str, list[pl.DataFrame]] = defaultdict(list)
        self._packed: dict[tuple[int, str], list[bytes]] = defaultdict(list)

    def add(self, table: str, rows: pl.DataFrame) -> None:
        """Take some rows of a table of roles, in the order of their file."""
        if table in _SHARED or "addressee" not in rows.columns:
            self._shared[table].append(rows)
            return
        parted = rows.with_columns((pl.col("addressee").hash() % self._parts).alias("#part"))
        for (part,), some in parted.partition_by("#part", maintain_order=True, as_dict=True, include_key=False).items():
            packed = io.BytesIO()
            some.write_ipc(packed, compression="lz4")
            self._packed[int(part), table].append(packed.getvalue())

    def people(self) -> Iterator[dict[str, pl.DataFrame]]:
        """All rows that concern some of the people, table of roles → rows; the packed ones are given away."""
        tables = {table for _, table in self._packed}
        for part in range(self._parts):
            own = {table: [pl.read_ipc(packed) for packed in self._packed.pop((part, table), ())] for table in tables}
            every = {table: [*own.get(table, ()), *self._shared[table]] for table in tables.union(self._shared)}
            yield {table: pl.concat(rows, how="diagonal") for table, rows in every.items() if rows}
