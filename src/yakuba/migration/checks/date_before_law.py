"""A day before what it is the day of existed: a 個人番号 given in 1999, a 旧氏 entered in 2010.

The table `first_days` has the first day of each. An old system without the day, or a misread era, leaves such.
Not this rule: a day before the person's birth (`date_order`, `age_out_of_range`); a year (年度) that cannot be.

Source: the days on which 番号法, 住民基本台帳法 (外国人住民, 旧氏, 支援措置), 高齢者の医療の確保に関する法律,
介護保険法 and 児童手当法 came into force; general knowledge, unverified. Example: 個人番号_指定年月日 1999-10-05.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._data import table
from yakuba.migration.checks._dates import OPEN_ENDS, calendar
from yakuba.migration.checks._gate import Gated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C2"
SEVERITY = Severity.WARNING
HINT_JA = "制度が始まる前の日付です。元号の読み違いや仮の日付でないか確かめてください。"
HINT_EN = "The day lies before the law came into force: see whether it was misread or made up."


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Days earlier than the first day of their item."""
    for row in table("first_days"):
        item = row["項目"]
        if row["グループ"] == group.name and item in group.by_name:
            early = (pl.col(item) < row["最初の日"]) & (pl.col(item) != "") & ~pl.col(item).is_in(OPEN_ENDS)
            yield Gated(item, calendar(item), gate=early)
