"""A building's name read in the wrong encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C9"
CODE = "mojibake"

_BROKEN = "メゾン".encode().decode("cp932", errors="ignore")
"""UTF-8 read as CP932."""


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    if not bench.room(RESIDENTS, "住所_方書", _BROKEN):
        return
    for row in bench.pick(RESIDENTS, LIVE & (pl.col("住所_方書") != "")):
        bench.spoil(RESIDENTS, row["#row"], "住所_方書", _BROKEN, "文字化け")
        bench.mark(RESIDENTS, row["#row"], "住所_方書", "化けた半角カナ", code="character_class", role="related")
