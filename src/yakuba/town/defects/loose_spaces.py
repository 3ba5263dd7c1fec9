"""Spaces left behind a building's name; only where the project corrects them, because nobody would call them wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C1"
CODE = "trailing_space"

_ITEM = "住所_方書"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    if CODE not in bench.form.cleansing or bench.form.format == "fixed":
        return
    for row in bench.pick(RESIDENTS, LIVE & (pl.col(_ITEM) != "")):
        bench.spoil(RESIDENTS, row["#row"], _ITEM, row[_ITEM] + "　", "方書の後ろの空白")
