"""The overlay of corrections (補正): the only cells that may differ from what the mapping gives, and by how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.migration.contracts import RECORD

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = ["source", RECORD]


class Overlay:
    """The corrections of one group, ready to be laid over expected blocks.

    Several corrections of one cell are one step from the first `before` to the last `after`. A chain whose links
    do not meet, and a correction whose `before` is not what the mapping gave, do not count and are in `unfounded`.

    Args:
        corrections: rows of `contracts.CORRECTIONS` of any groups, in the order they were made.
        group: "業務/グループ".
    """

    def __init__(self, corrections: pl.DataFrame, group: str) -> None:
        mine = corrections.filter(pl.col("group") == group)
        key = [*KEY, "item"]
        linked = mine.with_columns(linked=(pl.col("before") == pl.col("after").shift().over(key)).fill_null(value=True))
        cells = linked.group_by(key, maintain_order=True).agg(
            pl.col("before").first(), pl.col("after").last(), pl.col("linked").all()
        )
        self.corrections = mine.height
        self.cells = 0
        self.unfounded = cells.filter(~pl.col("linked")).select(key)
        whole = cells.filter("linked").drop("linked")
        self._by_item = {
            str(item): part.drop("item") for (item,), part in whole.partition_by("item", as_dict=True).items()
        }

    @property
    def items(self) -> tuple[str, ...]:
        """Items that have corrections."""
        return tuple(self._by_item)

    def apply(self, block: pl.DataFrame) -> pl.DataFrame:
        """The block (columns `source`, `#record` and items) with the corrected cells in it."""
        for item, after in list(self._corrected(block)):
            block = block.with_columns(after.alias(item))
        return block

    def _corrected(self, block: pl.DataFrame) -> Iterator[tuple[str, pl.Series]]:
        for item, cells in self._by_item.items():
            if item not in block.columns:
                continue
            laid = block.select([*KEY, item]).join(cells, on=KEY, how="left", maintain_order="left")
            touched = laid["before"].is_not_null()
            if not touched.any():
                continue
            wrong = touched & (laid["before"] != laid[item])
            if wrong.any():
                lost = laid.filter(wrong).select([*KEY, pl.lit(item).alias("item")])
                self.unfounded = pl.concat([self.unfounded, lost])
            self.cells += int((touched & ~wrong).sum())
            after = laid.select(pl.when(touched & ~wrong).then(pl.col("after")).otherwise(pl.col(item)).alias(item))
            yield item, after[item]
