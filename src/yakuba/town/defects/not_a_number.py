"""An amount with commas, typed by hand. In 所得情報, which nothing adds up, so that no other rule speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C1"
CODE = "not_a_number|unconverted"

_GROUP = "個人住民税/所得情報"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(_GROUP, pl.col("収入金額").str.len_chars() > 6):  # noqa: PLR2004 - a million and more
        bench.spoil(_GROUP, row["#row"], "収入金額", f"{int(row['収入金額']):,}", "金額に桁区切り")
