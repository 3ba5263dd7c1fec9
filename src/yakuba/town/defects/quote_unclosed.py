"""A quotation mark that is never closed, at the end of the last record, so that it swallows no other one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C1"
CODE = "quote_unclosed"
_GROUP = "印鑑登録/印鑑登録証"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    if bench.form.format != "csv":
        return
    last = pl.int_range(pl.len()) == pl.len() - 1
    for row in bench.rows(_GROUP, last).iter_rows(named=True):
        bench.scar(_GROUP, row["#row"], "", "閉じない引用符", lambda line: line.removesuffix('"'))
