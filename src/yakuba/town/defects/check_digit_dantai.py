"""A previous municipality whose code was mistyped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C11"
CODE = "check_digit_dantai"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(RESIDENTS, LIVE & (pl.col("転入前住所_市区町村コード") != "")):
        code = row["転入前住所_市区町村コード"]
        wrong = f"{code[:-1]}{(int(code[-1]) + 1) % 10}"
        bench.spoil(RESIDENTS, row["#row"], "転入前住所_市区町村コード", wrong, "団体コードの検査用数字")
