"""30 February in 異動届出年月日, which allows calendar days only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C2"
CODE = "date_impossible|unconverted"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(
        RESIDENTS, LIVE & (pl.col("異動届出年月日") > "1993") & ~pl.col("異動事由").str.starts_with("2")
    ):
        wrong = f"{row['異動届出年月日'][:4]}-02-30"
        bench.spoil(RESIDENTS, row["#row"], "異動届出年月日", wrong, "暦にない届出日")
