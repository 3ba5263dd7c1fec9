"""孫: a word the register may not hold (子の子)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import LIVE, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C7"
CODE = "relation_chain|unconverted"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(RESIDENTS, LIVE & (pl.col("続柄表記") == "子")):
        bench.spoil(RESIDENTS, row["#row"], "続柄表記", "孫", "認められない続柄")
        if not bench.holds(RESIDENTS, "続柄コード1", "続柄表記"):
            for code in ("code_unknown", "character_class"):
                bench.mark(RESIDENTS, row["#row"], "続柄表記", "続柄コードも同じ列から", code=code, role="related")
