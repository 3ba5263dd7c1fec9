"""A date written short by hand (R3.4): no rule can know the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import CURRENT

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C2"
CODE = "date_form|unconverted"

_GROUP = "印鑑登録/印鑑登録原票"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(_GROUP, CURRENT & (pl.col("印鑑登録状態") == "2")):
        bench.spoil(_GROUP, row["#row"], "申請年月日", "R3.4", "日のない年月日")
