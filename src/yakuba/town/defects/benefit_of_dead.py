"""介護 of a dead person that nobody has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C7"
CODE = "benefit_of_dead"

_GROUP = "介護保険/資格情報"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(_GROUP, pl.col("資格喪失事由") == "01"):
        bench.set(_GROUP, row["#row"], {"資格喪失事由": ""})
        bench.spoil(_GROUP, row["#row"], "資格喪失年月日", "", "死亡者の資格が続く")
