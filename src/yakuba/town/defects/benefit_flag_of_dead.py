"""The row of a dead person still says that 介護 insures them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import CURRENT, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C7"
CODE = "benefit_of_dead"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(RESIDENTS, CURRENT & (pl.col("住民状態") == "3")):
        bench.set(RESIDENTS, row["#row"], {"介護資格取得年月日": "2010-04-01"})
        bench.spoil(RESIDENTS, row["#row"], "介護資格有無", "1", "死亡者の介護資格が有")
