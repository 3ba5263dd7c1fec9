"""Gather (集約): the converted parts of all tables seen as whole groups, for rules that need more than one row.

Most items of a table are a column of the source as it is. They are not written a second time: the files of converted
rows hold what the conversion made, and everything else is taken from the staged parts beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from yakuba.migration.contracts import FILE, RECORD

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from yakuba.layouts.model import Group
    from yakuba.migration.mapping.plan import TablePlan
    from yakuba.migration.pipeline.gaiji import Batch

_OWN = "#own "


@dataclass(frozen=True, slots=True)
class Rows:
    """Converted rows of one batch.

    Attributes:
        path: FILE, and the items that are not a column of the source as it is; the whole lineage and all items when
            the table does not take every record of the batch.
        batch: the staged parts that the rows were made from.
    """

    path: Path
    batch: Batch


@dataclass(frozen=True)
class Converted:
    """One table with the files of its converted rows."""

    plan: TablePlan
    parts: tuple[Rows, ...]

    @cached_property
    def _held(self) -> list[set[str]]:
        """The columns of each file; no RECORD among them means that the others lie in the staged parts."""
        return [set(pl.read_parquet_schema(part.path)) for part in self.parts]

    @property
    def _columns(self) -> list[str]:
        return [RECORD, *self.plan.items]

    def _schema(self, held: Collection[str]) -> dict[str, pl.DataType]:
        return {FILE: pl.UInt16(), **{item: pl.String() for item in self.plan.items if item in held}}

    def scan(self, items: Sequence[str] | None = None) -> pl.LazyFrame:
        """RECORD and the filled items of all rows, in record order.

        Args:
            items: those that are asked for; None = all. Files that hold none of them are not opened.
        """
        columns = [RECORD, *(self.plan.items if items is None else items)]
        if not self.parts:
            return pl.LazyFrame(schema={RECORD: pl.UInt64(), **dict.fromkeys(self.plan.items, pl.String())})
        paths = [part.path for part in self.parts]
        if RECORD in self._held[0]:
            return pl.scan_parquet(paths)
        staged = pl.scan_parquet([path for part in self.parts for path in part.batch])
        somewhere, everywhere = set.union(*self._held), set.intersection(*self._held)
        own = [item for item in columns if item in somewhere]
        beside = staged.select(self._as_staged(name for name in columns if name not in everywhere))
        if not own:
            return beside
        made = pl.scan_parquet(paths, schema=self._schema(somewhere), missing_columns="insert")
        both = pl.concat([beside, made.select(pl.col(item).alias(_OWN + item) for item in own)], how="horizontal")
        return both.select(
            pl.col(name)
            if name not in somewhere
            else pl.col(_OWN + name).alias(name)
            if name in everywhere
            else pl.coalesce(_OWN + name, name).alias(name)
            for name in columns
        )

    def block(self, place: int) -> pl.DataFrame:
        """The rows of one part; see `scan`."""
        own = pl.read_parquet(self.parts[place].path)
        if RECORD in own.columns:
            return own
        missing = [name for name in self._columns if name not in own.columns]
        wanted = list(dict.fromkeys(column.meta.root_names()[0] for column in self._as_staged(missing)))
        staged = pl.read_parquet(list(self.parts[place].batch), columns=wanted).select(self._as_staged(missing))
        return staged.hstack(own).select(self._columns)

    def _as_staged(self, names: Iterable[str]) -> list[pl.Expr]:
        """RECORD and items under their names, from the staged columns that they are."""
        sources = {column.item.name: column.sources[0] for column in self.plan.columns if column.sources}
        return [pl.col(sources.get(name, name)).alias(name) for name in names]


@dataclass(frozen=True)
class GatheredTables:
    """All converted tables by group (rules.Tables)."""

    converted: tuple[Converted, ...]

    @cached_property
    def groups(self) -> Mapping[str, Group]:
        """Groups that have rows in this run; the reserve area is no rule's business."""
        return {table.plan.target: table.plan.group for table in self.converted if not table.plan.reserve}

    def scan(self, group: str, items: list[str]) -> pl.LazyFrame:
        """RECORD, "source" and the items of all tables that feed the group."""
        return pl.concat(
            [
                table.scan([item for item in dict.fromkeys(items) if item in table.plan.items]).select(
                    RECORD,
                    pl.lit(table.plan.spec.source).alias("source"),
                    *(pl.col(item) if item in table.plan.items else pl.lit("").alias(item) for item in items),
                )
                for table in self.converted
                if table.plan.target == group
            ]
        )
