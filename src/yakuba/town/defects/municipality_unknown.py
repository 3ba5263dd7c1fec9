"""A previous municipality that no list has; its check digit is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C12"
CODE = "municipality_unknown"

_NOWHERE = "139998"
"""Prefecture 13, number 999; 11 − (6·1 + 5·3 + 4·9 + 3·9 + 2·9) mod 11 = 8."""


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(RESIDENTS, LIVE & (pl.col("転入前住所_市区町村コード") > "1")):
        bench.spoil(RESIDENTS, row["#row"], "転入前住所_市区町村コード", _NOWHERE, "存在しない団体コード")
        bench.set(RESIDENTS, row["#row"], {"転入前住所_都道府県": "東京都"})
