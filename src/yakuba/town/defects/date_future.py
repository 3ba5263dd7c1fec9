"""A notification 36 years ahead: 26 typed as 62."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C2"
CODE = "date_future"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(
        RESIDENTS, LIVE & (pl.col("異動届出年月日") != "") & ~pl.col("異動事由").str.starts_with("2")
    ):
        bench.spoil(RESIDENTS, row["#row"], "異動届出年月日", "2062-04-01", "未来の届出日")
