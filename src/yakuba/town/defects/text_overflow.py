"""A 方書 that fits its item and no certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C10"
CODE = "text_overflow"

_LONG = "見本町営住宅団地内共同生活援助事業所ひながた荘" * 4


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    if not bench.room(RESIDENTS, "住所_方書", _LONG):
        return
    for row in bench.pick(RESIDENTS, LIVE & (pl.col("住所_方書") != "")):
        bench.spoil(RESIDENTS, row["#row"], "住所_方書", _LONG, "証明書の欄に収まらない方書")
