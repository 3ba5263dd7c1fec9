"""A western date with other signs, or none, gets the standard's form.

Read are 2020/1/5, 2020.1.5, 20200105 and 2020年1月5日; a text that is no day stays as it is. Items that allow 不詳日 also
take days that no calendar has (1990/2/29). The day itself never changes.
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
        yield Fix(
            item.name, pl.col(item.name).str.contains(WESTERN), iso_reading(item.name, impossible=item.unknown_date)
        )
