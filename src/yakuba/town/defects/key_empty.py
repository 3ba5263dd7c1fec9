"""A receipt without its running number: it cannot be told from another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C5"
CODE = "key_empty"

_GROUP = "収滞納管理/収納情報"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(_GROUP, pl.col("収納額") != ""):
        bench.spoil(_GROUP, row["#row"], "収納連番", "", "主キーが空")
