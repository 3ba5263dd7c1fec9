"""Histories 1, 2, 4: a version is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C5"
CODE = "history_gap"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(RESIDENTS, LIVE & (pl.col("個人履歴番号").cast(pl.Int64) > 2)):  # noqa: PLR2004 - room for a gap
        number = str(int(row["個人履歴番号"]) + 1)
        bench.spoil(RESIDENTS, row["#row"], "個人履歴番号", number, "履歴番号の欠番")
