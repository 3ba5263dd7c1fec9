"""A 元号 beside a birth date that is of another era: 令和 beside 1960-05-05.

One of the two was converted wrongly, or copied from another person.
Not this rule: a date with an impossible year of its era (`date_form`); unknown dates.

Source: 元号法 and its 政令 (first and last days of the eras). Example: 生年月日_元号 = 5, 生年月日 1960-05-05.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._data import table
from yakuba.migration.checks._dates import calendar
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._items import meaning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C7"
SEVERITY = Severity.ERROR
HINT_JA = "元号と生年月日が合いません。和暦の変換を確かめてください。"
HINT_EN = "The era is not that of the birth date: look at how dates were converted."


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Eras that do not hold the date beside them."""
    for era in group.by_name:
        day = era.removesuffix("_元号")
        if era == day or day not in group.by_name:
            continue
        bad = pl.lit(value=False)
        for row in table("eras"):
            codes = meaning(group, context, era, row["元号"])
            if codes:
                outside = (pl.col(day) < row["最初の日"]) | (pl.col(day) > (row["最後の日"] or "9999"))
                bad |= pl.col(era).is_in(codes) & outside
        yield Gated(era, calendar(day), gate=bad & (pl.col(day) != ""))
