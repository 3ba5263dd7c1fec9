"""A 個人番号 with one wrong last digit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C11"
CODE = "check_digit_kojin"

_GROUP = "住民基本台帳/個人番号管理"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(_GROUP, pl.col("個人番号") != ""):
        number = row["個人番号"]
        wrong = f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
        bench.spoil(_GROUP, row["#row"], "個人番号", wrong, "個人番号の検査用数字")
