"""U+FFFD, left by a decoder before this dump was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C9"
CODE = "replacement_character"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    if not bench.room(RESIDENTS, "住所_方書", "\ufffd"):
        return
    for row in bench.pick(RESIDENTS, LIVE & (pl.col("住所_方書") != "")):
        bench.spoil(RESIDENTS, row["#row"], "住所_方書", f"\ufffd{row['住所_方書'][1:]}", "失われた文字")
