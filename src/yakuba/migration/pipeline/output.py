"""Output (出力): the loaded rows of each group as standard-layout CSV and Parquet, with their lineage beside them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from yakuba.layouts.csv_text import csv_text, header
from yakuba.layouts.schema import schema as parquet_schema
from yakuba.migration.contracts import RECORD
from yakuba.migration.intake.ahead import ahead
from yakuba.migration.pipeline.dispose import loaded, loaded_blocks
from yakuba.migration.whole import whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from yakuba.layouts.model import Group
    from yakuba.migration.pipeline.gather import Converted

TEXT_ROWS = 25_000
"""Rows that are CSV text in memory at a time."""
SOURCE = "#source"
"""Lineage column beside the items while a group is written: a source may have an item's name."""
ROW_GROUP = 32_768
"""Rows per Parquet row group: large enough to compress, small enough to read one at a time."""


@dataclass(frozen=True, slots=True)
class GroupOutput:
    """Where one group was written.

    Attributes:
        target: "業務/グループ". folder: folder below data/. stem: file name without its ending.
        rows: rows written. lineage: Parquet with RECORD and source of every row, in order.
        parquet: whether it was written as Parquet too.
    """

    target: str
    group: Group
    folder: str
    stem: str
    rows: int
    lineage: Path
    parquet: bool

    def path(self, out: Path, form: str) -> Path:
        """The group's file of one form, below the run folder."""
        return out / "data" / self.folder / f"{self.stem}.{form}"


def write_group(
    out: Path, target: str, place: tuple[str, str], tables: Sequence[Converted], gone: pl.DataFrame, *, parquet: bool
) -> GroupOutput:
    """Write one group as CSV, and as Parquet if asked, streaming; the order is that of the tables and their records.

    Args:
        place: folder below data/ and file stem. gone: records that are not loaded (contracts.REJECTED).
    """
    group = tables[0].plan.group
    folder, stem = place
    lineage = out / "lineage" / folder / f"{stem}.parquet"
    base = out / "data" / folder
    with ExitStack() as open_files:
        csv = open_files.enter_context(whole(base / f"{stem}.csv"))
        typed = open_files.enter_context(whole(base / f"{stem}.parquet")) if parquet else None
        origin = open_files.enter_context(whole(lineage))
        beside = open_files.enter_context(ThreadPoolExecutor(1))
        columnar = beside.submit(_write_columnar, typed, origin, group, tables, gone)
        count = _write_csv(csv, group, tables, gone)
        columnar.result()
    return GroupOutput(target, group, folder, stem, count, lineage, parquet=parquet)


def _write_csv(path: Path, group: Group, tables: Sequence[Converted], gone: pl.DataFrame) -> int:
    items = [item.name for item in group.items]
    count = 0
    with path.open("wb") as stream:
        stream.write(header(items))
        for block in ahead(block for table in tables for block in loaded_blocks(table, gone)):
            for rows in block.iter_slices(TEXT_ROWS):
                stream.write(csv_text(rows, items))
            count += block.height
    return count


def _write_columnar(
    parquet: Path | None, lineage: Path, group: Group, tables: Sequence[Converted], gone: pl.DataFrame
) -> None:
    schema = parquet_schema(group)
    rows = pl.concat([_standard(table, gone, schema) for table in tables])
    origin = rows.select(RECORD, pl.col(SOURCE).alias("source"))
    sinks = [origin.sink_parquet(lineage, row_group_size=ROW_GROUP, lazy=True)]
    if parquet:
        form: dict[str, Any] = {"compression": "zstd", "compression_level": 1, "row_group_size": ROW_GROUP}
        sinks.insert(0, rows.drop(RECORD, SOURCE).sink_parquet(parquet, lazy=True, **form))
    pl.collect_all(sinks, engine="streaming")


def _standard(table: Converted, gone: pl.DataFrame, schema: Mapping[str, pl.DataType]) -> pl.LazyFrame:
    """Rows of a table with all items of the group in their Parquet types; an empty cell is null."""
    filled = set(table.plan.items)
    return loaded(table, gone).select(
        RECORD,
        pl.lit(table.plan.spec.source).alias(SOURCE),
        *(
            pl.when(pl.col(name) != "").then(pl.col(name)).cast(kind)
            if name in filled
            else pl.lit(None, kind).alias(name)
            for name, kind in schema.items()
        ),
    )
