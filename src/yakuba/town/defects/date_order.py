"""国保 lost a year before it was gained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C2"
CODE = "date_order"

_GROUP = "国民健康保険/資格情報"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(_GROUP, (pl.col("資格喪失年月日") != "") & (pl.col("資格取得年月日") > "1997")):
        start = row["資格取得年月日"]
        end = f"{int(start[:4]) - 1}-03-31"
        bench.spoil(_GROUP, row["#row"], "資格喪失年月日", end, "喪失日が取得日より前")
