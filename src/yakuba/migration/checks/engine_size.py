"""A 総排気量 that the class of the vehicle cannot have: a moped of 658 cc, a 軽自動車 of 658 litres.

The table `engines` has the bounds of each class in litres, as the item is. Electric vehicles have none or 0.
Not this rule: the tax of the class (`amount_unknown`).

Source: 地方税法 463条の15, 道路運送車両法施行規則 (classes by 総排気量); general knowledge.

Example: 車種区分 31, 総排気量 658.000.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._data import table
from yakuba.migration.rules import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C7"
SEVERITY = Severity.WARNING
HINT_JA = "車種区分に合わない総排気量です。単位（リットル）と車種を確かめてください。"
HINT_EN = "Not a capacity of this class: look at the unit (litres) and at the class."

_SIZE, _KIND = "総排気量", "車種区分"


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Capacities outside the bounds of the class."""
    if not {_SIZE, _KIND} <= group.by_name.keys():
        return
    size, kind = pl.col(_SIZE).cast(pl.Float64, strict=False), pl.col(_KIND)
    bad = pl.lit(value=False)
    for row in table("engines"):
        outside = size <= float(row["より大きい"])
        if row["まで"]:
            outside |= size > float(row["まで"])
        bad |= (kind == row["車種区分"]) & outside
    yield Cells(_SIZE, (bad & (size > 0)).fill_null(value=False))
