"""A time that no clock shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C1"
CODE = "bad_time"

_GROUP = "収滞納管理/収納情報"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(_GROUP, pl.col("収納額") != ""):
        bench.spoil(_GROUP, row["#row"], "操作時刻", "24:61:00", "ありえない時刻")
