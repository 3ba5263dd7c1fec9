"""住定日 a year before becoming a resident."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import JAPANESE, LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C7"
CODE = "resident_date_order"
_DATES = ("生年月日", "住民となった年月日")


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    moved = LIVE & JAPANESE & (pl.col("記載の事由") == "11") & (pl.col("住民となった年月日") > "1995")
    born, became = (pl.col(item).str.slice(0, 4).cast(pl.Int32, strict=False) for item in _DATES)
    for row in bench.pick(RESIDENTS, moved & (born + 3 < became)):
        day = row["住民となった年月日"]
        early = f"{int(day[:4]) - 1}-{day[5:7]}-15"
        bench.spoil(RESIDENTS, row["#row"], "住所を定めた年月日", early, "住定日が住民日より前")
