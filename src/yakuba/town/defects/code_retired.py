"""An 異動事由 of the system before the last one (転居取消), which the fixed list does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C3"
CODE = "code_unknown|unconverted"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    older = (pl.col("最新フラグ") == "0") & (pl.col("異動事由") == "32")
    for row in bench.pick(RESIDENTS, older):
        bench.spoil(RESIDENTS, row["#row"], "異動事由", "97", "廃止された異動事由")
