"""A tab inside 方書: it cannot be seen and breaks tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C1"
CODE = "control_character"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(RESIDENTS, LIVE & (pl.col("住所_方書") != "")):
        text = row["住所_方書"].replace("　", "\t", 1)
        bench.spoil(RESIDENTS, row["#row"], "住所_方書", text, "方書にタブ")
