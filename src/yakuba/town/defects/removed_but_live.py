"""A 除票 in the state of a resident. Left alone, so that no household gets a second head."""

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
    gone = CURRENT & (pl.col("住民状態") == "2") & bench.alone()
    for row in bench.pick(RESIDENTS, gone):
        bench.spoil(RESIDENTS, row["#row"], "住民状態", "1", "除票なのに住民")
