"""The same receipt twice with different amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from yakuba.town.bench import Bench

CATEGORY = "C5"
CODE = "key_duplicate"

_GROUP, _LEVIES = "収滞納管理/収納情報", "収滞納管理/調定情報"
_KEYS = ("税目コード", "年度", "賦課年度", "通知書番号", "期別")


def plant(bench: Bench) -> None:
    """Plant the defect; see the module."""
    for row in bench.pick(_GROUP, pl.col("収納額").str.len_chars() > 3):  # noqa: PLR2004 - a thousand yen and more
        cells = {name: value for name, value in row.items() if name != "#row"}
        double = bench.append(_GROUP, cells | {"収納額": str(int(row["収納額"]) - 100)})
        bench.mark(_GROUP, double, "収納連番", "同じ主キーで金額が違う")
        bench.mark(_GROUP, row["#row"], "収納連番", "同じ主キーの先の行", role="related")
        same = pl.all_horizontal(pl.col(key) == row[key] for key in _KEYS)
        for levy in bench.rows(_LEVIES, same)["#row"]:
            bench.mark(_LEVIES, levy, "収納済額", "収納が二重の調定", code="sum_mismatch", role="related")
