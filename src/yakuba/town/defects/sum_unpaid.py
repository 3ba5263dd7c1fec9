"""Paid and unpaid do not make up what was called in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C7"
CODE = "sum_mismatch"

_GROUP = "収滞納管理/調定情報"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(_GROUP, pl.col("調定額").str.len_chars() > 3):  # noqa: PLR2004 - a thousand yen and more
        wrong = str(int(row["未納額"]) + 1000)
        bench.spoil(_GROUP, row["#row"], "未納額", wrong, "収納済額と未納額の和が調定額と違う")
