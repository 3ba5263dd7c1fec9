"""A row whose time of keeping is over: a 除票 removed more than 150 years ago, a tax of more than ten fiscal years ago.

Not this rule: whether it may be deleted: that is the municipality's decision, and an old debt may still be collected.
Options `years` (除票) and `fiscal_years` (年度, 賦課年度) set other times.

Source: 住民基本台帳法施行令 34条 (150 years); 地方税法 18条 (claims lapse after five years; ten years are this
program's own limit). Example: 消除の異動年月日 = "1870-05-01", 調定情報 of 年度 "1991".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.model import DataType
from yakuba.migration.checks._dates import calendar
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._items import of_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C13"
SEVERITY = Severity.NOTE
HINT_JA = "保存期間を過ぎています。移行の対象にするか決めてください。"
HINT_EN = "Past its time of keeping: decide whether it moves."

_REMOVED = "消除の異動年月日"
_YEARS = 150
_YEAR_ITEMS = ("年度", "賦課年度")
_FISCAL_YEARS = 10
_APRIL = 4


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Rows removed, or of a fiscal year, longer ago than the time of keeping."""
    options = context.options.get("retention_over", {})
    if _REMOVED in group.by_name:
        years = int(options.get("years", _YEARS))
        limit = f"{context.as_of.year - years:04}{context.as_of.isoformat()[4:]}"
        value = pl.col(_REMOVED)
        yield Gated(_REMOVED, calendar(_REMOVED), gate=(value < limit) & (value != ""))
    fiscal = context.as_of.year - (context.as_of.month < _APRIL)
    oldest = f"{fiscal - int(options.get('fiscal_years', _FISCAL_YEARS)):04}"
    for item in of_type(group, DataType.YEAR):
        if item.name in _YEAR_ITEMS:
            value = pl.col(item.name)
            yield Gated(item.name, value.str.contains("^[0-9]{4}$"), gate=(value < oldest) & (value != ""))
