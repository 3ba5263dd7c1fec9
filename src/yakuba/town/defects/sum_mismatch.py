"""年税額 100 yen more than its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C7"
CODE = "sum_mismatch"

_GROUP = "個人住民税/賦課情報"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(_GROUP, pl.col("年税額").str.len_chars() > 4):  # noqa: PLR2004 - ten thousand yen and more
        bench.spoil(_GROUP, row["#row"], "年税額", str(int(row["年税額"]) + 100), "期別の合計と年税額が違う")
