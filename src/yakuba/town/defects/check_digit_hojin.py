"""An employer's 法人番号 with a wrong check digit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C11"
CODE = "check_digit_hojin"

_GROUP = "個人住民税/特別徴収義務者"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(_GROUP, pl.col("法人番号") != "", 1):
        number = row["法人番号"]
        wrong = f"{int(number[0]) % 9 + 1}{number[1:]}"
        bench.spoil(_GROUP, row["#row"], "法人番号", wrong, "法人番号の検査用数字")
