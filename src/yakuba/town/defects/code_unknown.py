"""A 性別 that no list has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C3"
CODE = "code_unknown|unconverted"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(RESIDENTS, LIVE & (pl.col("性別") != "")):
        bench.spoil(RESIDENTS, row["#row"], "性別", "7", "一覧にない性別")
        bench.mark(RESIDENTS, row["#row"], "性別", "性別表記も同じ列から", code="character_class", role="related")
