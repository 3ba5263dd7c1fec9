"""A receipt of an addressee whom nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import PERSON

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C6"
CODE = "reference_missing"

_GROUP = "収滞納管理/収納情報"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(_GROUP, pl.col("収納額") != ""):
        bench.spoil(_GROUP, row["#row"], PERSON, f"18{row['通知書番号'][-8:]}", "宛名のない収納")
