"""A western date with other signs, or none, gets the standard's form.

Read are 2020/1/5, 2020.1.5, 20200105 and 2020年1月5日. A day that no calendar has gets the form too (2023/2/30 becomes
2023-02-30), so that the check `date_impossible` can name it; month 13 and day 32 stay as they are. The day itself
never changes.
Not this rule: dates with an era (the mapping reads them; `era_rollover`).

Source: 基本データリスト 凡例, DATE. Example: "2020/1/5" → "2020-01-05".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.layouts.model import DataType
from yakuba.migration.checks._items import of_type
from yakuba.migration.checks._readings import WESTERN, iso_reading
from yakuba.migration.rules import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C2"
HINT_JA = "西暦の日付を YYYY-MM-DD の形にします。"
HINT_EN = "Western dates get the form YYYY-MM-DD."


def fixes(group: Group, _context: Context) -> Iterator[Fix]:
    """Corrections of DATE items."""
    for item in of_type(group, DataType.DATE):
        value = pl.col(item.name)
        yield Fix(item.name, value.str.contains(WESTERN), iso_reading(value, impossible=True))
