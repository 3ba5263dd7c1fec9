"""〓 where the old system had no character."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C9"
CODE = "geta"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(RESIDENTS, LIVE & (pl.col("住所_方書") != "")):
        bench.spoil(RESIDENTS, row["#row"], "住所_方書", f"〓{row['住所_方書'][1:]}", "げた")
