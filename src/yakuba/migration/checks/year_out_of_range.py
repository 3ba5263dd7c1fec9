"""A year (年度) that is still far away, or a day that cannot belong to the 年度 of its row.

The next 年度 may already be there, a later one not. 納期限 comes after the year has begun (賦課年度, where it
is told, because arrears are carried over into later 年度) and at most eight years later; a tax is decided at the
earliest in the year before. 所得年 is the year before the 年度.
Not this rule: a day in the future (`date_future`).

Source: 地方税法 (法定納期限, 更正の期間制限). Example: 年度 2062; 賦課決定年月日 1988-06-01 of 年度 2025.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.model import DataType
from yakuba.migration.checks._data import table
from yakuba.migration.checks._dates import OPEN_ENDS, calendar
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._items import of_type
from yakuba.migration.rules import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C2"
SEVERITY = Severity.WARNING
HINT_JA = "年度、または年度に合わない日付です。元号の読み違いも確かめてください。"
HINT_EN = "A year that cannot be, or a day outside its year: look whether the era was misread."

_YEAR, _LEVIED_FOR, _EARNED = "年度", "賦課年度", "所得年"
_APRIL = 4
_FORM = "^[0-9]{4}$"
_FAR = Severity.ERROR


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Years after the next one, and days outside the bounds of the row's year."""
    now = context.as_of.year - (context.as_of.month < _APRIL)
    for item in of_type(group, DataType.YEAR):
        yield Cells(item.name, pl.col(item.name).str.contains(_FORM) & (pl.col(item.name) > str(now + 1)), None, _FAR)
    if _YEAR not in group.by_name:
        return
    year = pl.col(_LEVIED_FOR if _LEVIED_FOR in group.by_name else _YEAR).cast(pl.Int32, strict=False)
    if _EARNED in group.by_name:
        earned = pl.col(_EARNED).cast(pl.Int32, strict=False)
        yield Cells(_EARNED, (earned != year - 1).fill_null(value=False))
    for row in table("year_bounds"):
        if row["項目"] in group.by_name:
            yield _bounded(row["項目"], year, row["年度から"], row["年度まで"])


def _bounded(item: str, year: pl.Expr, first: str, last: str) -> Cells:
    day = pl.col(item).str.head(4).cast(pl.Int32, strict=False)
    # The months before April belong to the year before.
    starts = day - (pl.col(item).str.slice(5, 2) < "04").cast(pl.Int32)
    outside = pl.lit(value=False)
    if first:
        outside |= starts < year + int(first)
    if last:
        outside |= starts > year + int(last)
    good = calendar(item) & ~pl.col(item).is_in(OPEN_ENDS)
    return Gated(item, good & outside.fill_null(value=False), gate=outside.fill_null(value=False))
