"""A record with a field too few: its last one is missing. In 収納情報, which nothing points to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C1"
CODE = "record_fields"
_GROUP = "収滞納管理/収納情報"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    if bench.form.format != "csv":
        return
    for row in bench.pick(_GROUP, pl.col("収納額") != ""):
        bench.scar(_GROUP, row["#row"], "", "項目が足りない行", lambda line: line.rpartition(",")[0])
