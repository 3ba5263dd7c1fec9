"""A vehicle whose owner is neither a resident nor a 住登外者."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C6"
CODE = "reference_missing"

_GROUP = "軽自動車税/車両台帳"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(_GROUP, pl.col("納税義務者_宛名番号") != ""):
        unknown = f"17{row['車台番号'][-8:]}"
        bench.spoil(_GROUP, row["#row"], "納税義務者_宛名番号", unknown, "持ち主のいない軽自動車")
