"""A history row without its 異動事由: blank where a code is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C4"
CODE = "required_missing"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(RESIDENTS, (pl.col("最新フラグ") == "0") & (pl.col("異動事由") == "31")):
        bench.spoil(RESIDENTS, row["#row"], "異動事由", "", "異動事由が空")
