"""The postal code of another 町字."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C12"
CODE = "postal_code"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(RESIDENTS, LIVE & (pl.col("住所_郵便番号") != "0000001")):
        bench.spoil(RESIDENTS, row["#row"], "住所_郵便番号", "0000001", "町字と合わない郵便番号")
