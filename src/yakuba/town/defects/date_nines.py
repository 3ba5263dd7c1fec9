"""Nines in the parts of a date, as an export writes a date that it could not. Needs a form that keeps western dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C2"
CODE = "date_impossible"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    column = bench.column(RESIDENTS, "異動届出年月日")
    if column is None or any("date" in steps for steps in column.back.values()):
        return
    for row in bench.pick(
        RESIDENTS, LIVE & (pl.col("異動届出年月日") != "") & ~pl.col("異動事由").str.starts_with("2")
    ):
        bench.write(RESIDENTS, row["#row"], "異動届出年月日", "9999-99-99", "九で埋めた年月日")
