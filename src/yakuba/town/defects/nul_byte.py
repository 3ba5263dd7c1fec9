"""A NUL inside a record, as a broken copy leaves it. In 印鑑登録原票, which only its own card points to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C1"
CODE = "nul_byte"
_GROUP = "印鑑登録/印鑑登録原票"
_CARDS = "印鑑登録/印鑑登録証"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(_GROUP, pl.col("印鑑登録状態") == "2"):
        bench.scar(_GROUP, row["#row"], "住所", "NULバイト", lambda line: line.replace("本", "\0\0", 1))
        for card in bench.rows(_CARDS, pl.col("印鑑登録番号") == row["印鑑登録番号"])["#row"]:
            bench.mark(
                _CARDS, card, "印鑑登録番号", "原票が読めない印鑑登録証", code="reference_missing", role="related"
            )
