"""A birth year typed later than the day the person came: no one arrives before being born."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import JAPANESE, LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C2"
CODE = "date_order"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    came = LIVE & JAPANESE & (pl.col("記載の事由") == "11") & (pl.col("住民となった年月日") < "2015")
    for row in bench.pick(RESIDENTS, came & (pl.col("住民となった年月日") > "1993")):
        bench.set(RESIDENTS, row["#row"], {"生年月日_元号": "5"})
        bench.spoil(RESIDENTS, row["#row"], "生年月日", "2021-06-15", "住民となった日より後の生年月日")
        bench.mark_past(row, "生年月日", "もとの生年月日")
