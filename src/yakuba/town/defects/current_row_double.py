"""Two rows of a person marked as the latest. Never the head, who would then be counted twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import HEAD, PERSON, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C5"
CODE = "current_row_double"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    before = pl.col("最新フラグ").shift(-1).over(PERSON) == "1"
    same = pl.col("世帯番号") == pl.col("世帯番号").shift(-1).over(PERSON)
    member = (pl.col("続柄コード1") != HEAD) & (pl.col("住民状態").shift(-1).over(PERSON) == "1")
    member &= (pl.col("続柄コード1").shift(-1).over(PERSON) != HEAD) & (pl.col("続柄コード1") != "")
    for row in bench.pick(RESIDENTS, before & same & member):
        bench.spoil(RESIDENTS, row["#row"], "最新フラグ", "1", "最新行が2つ")
