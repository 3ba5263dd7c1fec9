"""A year and month (年月, YYYY-MM) that is not one: month 13, or another way of writing.

Not this rule: whole days (`date_form`, `date_impossible`).

Source: 基本データリスト, items ending with 年月 of seven characters. Example: 受給開始年月 "2013-13".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.model import DataType
from yakuba.migration.checks._items import of_type
from yakuba.migration.rules import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C2"
SEVERITY = Severity.ERROR
HINT_JA = "年月（YYYY-MM）として読めない値です。"
HINT_EN = "Not a year and month as YYYY-MM."

_FORM = "^[0-9]{4}-(?:0[1-9]|1[0-2])$"
_DIGITS = 7


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Filled cells that are no month of a year."""
    for item in of_type(group, DataType.HALF):
        if item.name.endswith("年月") and item.digits == _DIGITS:
            yield Cells(item.name, (pl.col(item.name) != "") & ~pl.col(item.name).str.contains(_FORM))
