"""Half-width kana in 方書, an item of full-width text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C1"
CODE = "character_class|full_width_kana"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(RESIDENTS, LIVE & (pl.col("住所_方書") != "")):
        bench.spoil(RESIDENTS, row["#row"], "住所_方書", "ﾒｿﾞﾝ見本　２０１号室", "全角項目に半角カナ")
