"""A Japanese date without its era: the era's place is blank or zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C2"
CODE = "date_form|unconverted"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    column = bench.column(RESIDENTS, "異動届出年月日")
    steps = column.back.get("異動届出年月日", {}) if column else {}
    blank = {"era7": "0", "era_letter_digits": " "}.get(steps.get("date", ""))
    if blank is None:
        return
    late = pl.col("異動届出年月日") > "2000"
    for row in bench.pick(RESIDENTS, LIVE & late & ~pl.col("異動事由").str.starts_with("2")):
        _, month, day = row["異動届出年月日"].split("-")
        bench.write(RESIDENTS, row["#row"], "異動届出年月日", f"{blank}23{month}{day}", "元号のない和暦")
