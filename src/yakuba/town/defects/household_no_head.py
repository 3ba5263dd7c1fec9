"""A household of two or more without a head: legal, and worth a look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import IS_HEAD, LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C7"
CODE = "household_head"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(RESIDENTS, LIVE & IS_HEAD & ~bench.alone()):
        bench.set(RESIDENTS, row["#row"], {"続柄コード1": "99", "続柄表記": "同居人"})
        home = bench.rows(RESIDENTS, LIVE & (pl.col("世帯番号") == row["世帯番号"]))["#row"].to_list()
        bench.mark(RESIDENTS, home[0], "世帯番号", "世帯主のいない世帯")
        for other in home[1:]:
            bench.mark(RESIDENTS, other, "世帯番号", "世帯主のいない世帯の員", role="related")
