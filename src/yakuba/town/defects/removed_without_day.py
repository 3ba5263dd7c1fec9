"""A person who moved away, without the day of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import CURRENT, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C7"
CODE = "removed_but_live"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(RESIDENTS, CURRENT & (pl.col("住民状態") == "2")):
        bench.spoil(RESIDENTS, row["#row"], "消除の異動年月日", "", "転出者に消除日がない")
        bench.mark(RESIDENTS, row["#row"], "消除の異動年月日", "同じ空欄", code="conditional_missing", role="related")
