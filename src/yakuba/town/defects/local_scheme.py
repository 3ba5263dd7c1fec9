"""Receipts of a fee that only this town has (税目 77): no standard has a place for it, the mapping leaves it out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C14"
CODE = "no_table"
_GROUP = "収滞納管理/収納情報"
_FEE = "77"


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    file, column = bench.file(_GROUP), bench.column(_GROUP, "税目コード")
    if file is None or column is None:
        return
    others = replace(file, splits={"taxes": {column.column: ["!", _FEE]}})
    bench.form = replace(bench.form, files=[others if one is file else one for one in bench.form.files])
    for row in bench.pick(_GROUP, pl.col("収納額") != ""):
        cells = {name: value for name, value in row.items() if name != "#row"}
        fee = bench.append(_GROUP, cells | {"税目コード": _FEE})
        bench.mark(_GROUP, fee, "税目コード", "標準にない町独自の使用料")
