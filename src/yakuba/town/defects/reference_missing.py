"""A seal whose holder nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import CURRENT, PERSON

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C6"
CODE = "reference_missing"

_GROUP = "印鑑登録/印鑑登録原票"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(_GROUP, CURRENT & (pl.col("印鑑登録状態") == "2")):
        bench.spoil(_GROUP, row["#row"], PERSON, f"19{row['印鑑登録番号']}", "住民のいない印鑑登録")
