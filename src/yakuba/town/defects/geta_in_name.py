"""〓 in a name: the character existed only on the old terminals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.bench import IS_HEAD, LIVE, PLAIN_NAME, RESIDENTS

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C9"
CODE = "geta"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(RESIDENTS, LIVE & PLAIN_NAME & ~IS_HEAD & (pl.col("氏_日本人").str.len_chars() > 1)):
        family = f"〓{row['氏_日本人'][-1]}"
        bench.set(RESIDENTS, row["#row"], {"氏_日本人": family})
        bench.spoil(RESIDENTS, row["#row"], "氏名", f"{family}　{row['名_日本人']}", "氏名にげた")
