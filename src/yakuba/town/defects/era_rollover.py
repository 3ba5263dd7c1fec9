"""平成 counted on after 30 April 2019, as old terminals let clerks do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C2"
CODE = "era_rollover|unconverted|date_form"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    column = bench.column(RESIDENTS, "異動届出年月日")
    steps = column.back.get("異動届出年月日", {}) if column else {}
    letter = {"era7": "4", "era_letter_digits": "H"}.get(steps.get("date", ""))
    if letter is None:
        return
    late = pl.col("異動届出年月日").is_between(pl.lit("2019-05-02"), pl.lit("2026-12-31"))
    for row in bench.pick(RESIDENTS, LIVE & late & ~pl.col("異動事由").str.starts_with("2")):
        year, month, day = row["異動届出年月日"].split("-")
        text = f"{letter}{int(year) - 1988:02d}{month}{day}"
        bench.write(RESIDENTS, row["#row"], "異動届出年月日", text, "改元後の平成")
