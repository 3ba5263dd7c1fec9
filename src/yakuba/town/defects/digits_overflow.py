"""A card number longer than the item. In a file that nothing points to: the row is handed back whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import CURRENT

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C10"
CODE = "digits_overflow"

_GROUP = "印鑑登録/印鑑登録原票"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    wrong = "C" + "9" * 16
    if not bench.room(_GROUP, "印鑑登録証番号", wrong):
        return
    for row in bench.pick(_GROUP, CURRENT & (pl.col("印鑑登録状態") == "2")):
        bench.spoil(_GROUP, row["#row"], "印鑑登録証番号", wrong, "桁あふれ")
