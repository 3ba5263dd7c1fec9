"""Two heads in one household; the second one is consistent in itself, so only the household is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import HEAD, IS_HEAD, LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C7"
CODE = "household_head"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(RESIDENTS, LIVE & (pl.col("続柄コード1") == "12")):
        cells = {"続柄コード1": HEAD, "続柄表記": "世帯主", "世帯主氏名": row["氏名"]}
        bench.set(RESIDENTS, row["#row"], cells)
        bench.mark(RESIDENTS, row["#row"], "続柄コード1", "世帯主が2人")
        home = pl.col("世帯番号") == row["世帯番号"]
        for other in bench.rows(RESIDENTS, LIVE & home & IS_HEAD).iter_rows(named=True):
            bench.mark(RESIDENTS, other["#row"], "続柄コード1", "もう一人の世帯主", role="related")
