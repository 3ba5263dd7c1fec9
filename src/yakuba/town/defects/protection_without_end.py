"""支援措置 still running years after its end: active until a person decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C7"
CODE = "protection_without_end"

_GROUP = "住民基本台帳/支援措置"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(_GROUP, pl.col("支援措置状態") == "2", max(1, bench.count // 4)):
        cells = {"申出年月日": "2020-03-25", "支援措置開始年月日": "2020-04-01"}
        bench.set(_GROUP, row["#row"], cells)
        bench.spoil(_GROUP, row["#row"], "支援措置終了年月日", "2021-03-31", "期限を過ぎた支援措置")
