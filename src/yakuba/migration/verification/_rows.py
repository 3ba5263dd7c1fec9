"""Which written row stands beside which expected row: by the lineage, in order; out of order only when it must."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from yakuba.migration.contracts import RECORD
from yakuba.migration.verification.comparison import NAMED, Misplaced
from yakuba.migration.verification.overlay import KEY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Place:
    """Written rows beside expected rows.

    Attributes:
        written: the written rows. numbers: their 1-based row numbers in the file.
        start: index within the expected block of the first row beside them.
        indexes: indexes within the expected block, when they are not simply the ones from `start` on.
    """

    written: pl.DataFrame
    numbers: pl.Series
    start: int = 0
    indexes: pl.Series | None = None

    def pick(self, expected: pl.DataFrame) -> pl.DataFrame:
        """The rows of the expected block that stand beside the written rows."""
        return expected.slice(self.start, self.written.height) if self.indexes is None else expected[self.indexes]


class Rows:
    """Draws written rows in step with expected keys; names rows that are missing, extra or in another order.

    Args:
        blocks: the written rows in blocks; a block may leave out items that are empty in it.
        lineage: `source` and `#record` of each written row, in order.
    """

    def __init__(self, blocks: Iterable[pl.DataFrame], lineage: pl.DataFrame) -> None:
        self._blocks = iter(blocks)
        self._waiting: pl.DataFrame | None = None
        self._lineage = lineage.select(KEY)
        self._next = 0
        self._rest: _Rest | None = None
        self.found = 0
        self.misplaced = 0
        self.named: list[Misplaced] = []

    def places(self, keys: pl.DataFrame) -> Iterator[Place]:
        """The written rows that belong to the next expected keys (columns `source`, `#record`)."""
        if self._rest is None and keys.equals(self._expected(keys.height)):
            yield from self._in_step(keys.height)
        else:
            yield from self._out_of_step(self._all_the_rest(), keys)

    def _expected(self, count: int | None) -> pl.DataFrame:
        """The next entries of the lineage (all that are left for None); it is held in whatever form is smallest."""
        return self._lineage.slice(self._next, count).cast({"source": pl.String, RECORD: pl.UInt64})

    def _in_step(self, count: int) -> Iterator[Place]:
        start = 0
        while start < count:
            part = self._draw(count - start)
            if part.is_empty():
                lost = self._expected(count - start)
                self._note("lineage", lost.with_columns(row=pl.int_range(self._next + 1, self._next + lost.height + 1)))
                self._next += lost.height
                return
            numbers = pl.int_range(self._next + 1, self._next + part.height + 1, eager=True)
            yield Place(part, numbers, start)
            self._next += part.height
            start += part.height

    def _out_of_step(self, rest: _Rest, keys: pl.DataFrame) -> Iterator[Place]:
        places = rest.find(keys)
        self._note("missing", places.filter(pl.col("at").is_null()).with_columns(row=pl.lit(0)))
        there = places.filter(pl.col("at").is_not_null())
        moved = there.filter(pl.col("at") < pl.col("at").cum_max().shift(fill_value=rest.furthest))
        self._note("order", moved.with_columns(row=pl.col("at") + 1))
        yield from rest.place(there)

    def _draw(self, count: int) -> pl.DataFrame:
        """At most `count` next rows, all from one block; none at the end."""
        block = self._waiting if self._waiting is not None else next(self._blocks, None)
        while block is not None and block.is_empty():
            block = next(self._blocks, None)
        if block is None:
            return pl.DataFrame()
        self._waiting = block.slice(count) if block.height > count else None
        self.found += min(count, block.height)
        return block.head(count)

    def _all_the_rest(self) -> _Rest:
        if self._rest is None:
            parts = [block for block in (self._waiting, *self._blocks) if block is not None]
            written = pl.concat(parts, how="diagonal").fill_null("") if parts else pl.DataFrame()
            self._rest = _Rest(self._expected(None), written, self._next)
        return self._rest

    def finish(self) -> None:
        """Name the written rows that nobody expected, and count rows that the lineage does not know."""
        rest = self._all_the_rest()
        self.found += rest.height
        self._note("extra", rest.unseen())
        surplus = rest.height - rest.known
        if surplus:
            self.misplaced += abs(surplus)
            self.named.append(Misplaced("lineage", "", 0, row=rest.start + min(rest.height, rest.known) + 1))

    def _note(self, kind: str, rows: pl.DataFrame) -> None:
        self.misplaced += rows.height
        for source, record, row in rows.select([*KEY, "row"]).head(max(NAMED - len(self.named), 0)).iter_rows():
            self.named.append(Misplaced(kind, source, int(record), int(row)))


class _Rest:
    """All written rows from the first place where the order broke; held in memory, as this is the rare case."""

    def __init__(self, lineage: pl.DataFrame, written: pl.DataFrame, start: int) -> None:
        self.start = start
        self.furthest = -1
        self.height = written.height
        self.known = lineage.height
        self._written = written
        self._seen = lineage.clear()
        numbered = lineage.with_columns(at=pl.int_range(start, start + lineage.height))
        self._index = numbered.with_columns(nth=pl.int_range(pl.len()).over(KEY))
        self._used: pl.DataFrame = self._index.clear()

    def find(self, keys: pl.DataFrame) -> pl.DataFrame:
        """The keys with `at`, their 0-based row in the file, null when there is none; equal keys in their order."""
        before = self._used.group_by(KEY).agg(pl.len().alias("before"))
        nth = keys.with_columns(nth=pl.int_range(pl.len()).over(KEY), order=pl.int_range(pl.len()))
        nth = nth.join(before, on=KEY, how="left", maintain_order="left")
        nth = nth.with_columns((pl.col("nth") + pl.col("before").fill_null(0)).alias("nth"))
        found = nth.join(self._index, on=[*KEY, "nth"], how="left", maintain_order="left")
        self._used = pl.concat([self._used, found.filter(pl.col("at").is_not_null()).select(self._index.columns)])
        return found.select([*KEY, "at", "order"])

    def place(self, there: pl.DataFrame) -> Iterator[Place]:
        """The rows that were found, as far as the file really has them."""
        real = there.filter(pl.col("at") - self.start < self.height)
        if real.is_empty():
            return
        self.furthest = max(self.furthest, int(real["at"].max()))  # type: ignore[arg-type]
        written = self._written[real["at"] - self.start]
        yield Place(written, real["at"] + 1, indexes=real["order"])

    def unseen(self) -> pl.DataFrame:
        """Lineage rows that no expected row asked for."""
        left = self._index.join(self._used, on="at", how="anti", maintain_order="left")
        return left.with_columns(row=pl.col("at") + 1)
