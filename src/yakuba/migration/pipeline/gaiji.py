"""Characters of one source (文字): its private-area table and code set, applied to every staged block."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

import polars as pl

from yakuba.characters.conversion import convert
from yakuba.characters.vendor import read_vendor_table
from yakuba.kernel.errors import UsageError
from yakuba.migration.contracts import LINEAGE, RECORD
from yakuba.migration.mapping.known import Known

if TYPE_CHECKING:
    from collections.abc import Collection

    from yakuba.characters.sources import Source
    from yakuba.characters.vendor import VendorTable
    from yakuba.migration.contracts import Project, SourceSpec, Staged
    from yakuba.migration.mapping.known import Look

BATCH = 50_000
"""Rows converted at a time, at least: the more, the fewer distinct values there are per row."""
Batch = tuple[Path, ...]
"""Some consecutive parts of a source."""

UNRESOLVED_AT = {
    "source": pl.String(),
    "column": pl.String(),
    "character": pl.String(),
    "kind": pl.String(),
    "count": pl.UInt32(),
    "first": pl.List(pl.UInt64()),
}
"""Columns of the list of unresolved characters; `first` = record numbers of the first occurrences."""


def batches(staged: Staged) -> list[Batch]:
    """The parts of a source in batches of `BATCH` rows and at most one part more."""
    found: list[Batch] = []
    begun: list[Path] = []
    rows = 0
    for part in staged.parts:
        begun.append(part)
        rows += pl.scan_parquet(part).select(pl.len()).collect().item()
        if rows >= BATCH:
            found.append(tuple(begun))
            begun, rows = [], 0
    return [*found, tuple(begun)] if begun else found


@dataclass
class Gaiji:
    """Character conversion of one source.

    Attributes:
        unresolved: what was met and not resolved, block by block (UNRESOLVED_AT).
        clean: batch → columns of it in which there was nothing to convert; they are not looked through again.
        known: column → its distinct values; `proven` of them have nothing to convert.
    """

    source: SourceSpec
    encoding: Source
    vendor: VendorTable | None
    unresolved: list[pl.DataFrame] = field(default_factory=list)
    clean: dict[Batch, set[str]] = field(default_factory=dict)
    known: dict[str, Known] = field(default_factory=dict)
    proven: dict[str, int] = field(default_factory=dict)

    def block(self, batch: Batch, wanted: Collection[str] | None = None) -> tuple[pl.DataFrame, dict[str, Look]]:
        """Staged parts with their characters converted; what is unresolved stays as it is and is noted.

        Args:
            batch: the parts. wanted: columns whose known values are asked for; None = all.

        Returns:
            the rows, and what is known of the values of columns in which there was nothing to convert.
        """
        block = pl.read_parquet(list(batch))
        clean = self.clean.setdefault(batch, set())
        looks: dict[str, Look] = {}
        converted = []
        for name in block.columns:
            if name in LINEAGE or (name in clean and wanted is not None and name not in wanted):
                continue
            look = self._look(block[name])
            if look:
                looks[name] = look
                clean.add(name)
            if name in clean:
                continue
            if self._is_clean(block[name]):
                clean.add(name)
                continue
            result = convert(block[name], source=self.encoding, vendor=self.vendor)
            if result.changed.any():
                converted.append(result.values)
            if result.unresolved.height:
                self.unresolved.append(self._noted(name, result.unresolved, block[RECORD]))
        return block.with_columns(converted), looks

    def _look(self, column: pl.Series) -> Look | None:
        """What is known of a column, as long as none of its values has ever had anything to convert."""
        known = self.known.setdefault(column.name, Known())
        look = known.look(column)
        done = self.proven.get(column.name, 0)
        if look is None or look.values.len() == done:
            return look
        if not self._is_clean(look.values.slice(done)):
            known.close()
            return None
        self.proven[column.name] = look.values.len()
        return look

    def _is_clean(self, column: pl.Series) -> bool:
        """Whether there is nothing to convert; the distinct values say it, and most columns have few."""
        result = convert(column.unique(), source=self.encoding, vendor=self.vendor)
        return result.unresolved.is_empty() and not result.changed.any()

    def _noted(self, column: str, unresolved: pl.DataFrame, records: pl.Series) -> pl.DataFrame:
        first = [records.gather(rows).to_list() for rows in unresolved["rows"]]
        return unresolved.select(
            pl.lit(self.source.name).alias("source"),
            pl.lit(column).alias("column"),
            "character",
            "kind",
            "count",
            pl.Series("first", first, dtype=pl.List(pl.UInt64)),
        )


def gaiji_of(project: Project, source: SourceSpec) -> Gaiji:
    """The character conversion a source declares.

    Raises:
        UsageError: an unknown code set, or a table that cannot be read.
    """
    if source.characters not in {"unicode", "juki", "koseki"}:
        raise UsageError(f"source {source.name}: characters = {source.characters!r}", remedy="unicode, juki or koseki")
    vendor = read_vendor_table(project.folder / source.gaiji) if source.gaiji else None
    return Gaiji(source, cast("Source", source.characters), vendor)


def unresolved_of(gaiji: list[Gaiji]) -> pl.DataFrame:
    """All unresolved characters with their total count and first records, most frequent first."""
    met = [frame for one in gaiji for frame in one.unresolved]
    return (
        pl.concat([pl.DataFrame(schema=UNRESOLVED_AT), *met])
        .group_by("source", "column", "character", "kind", maintain_order=True)
        .agg(pl.col("count").sum(), pl.col("first").explode().head(5))
        .sort(["count", "source", "column", "character"], descending=[True, False, False, False])
        .select(list(UNRESOLVED_AT))
    )
