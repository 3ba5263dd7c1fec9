"""A time that is not HH:MM:SS or HH:MM, or that no clock shows (24:00, 12:60).

Not this rule: a missing time.

Source: 基本データリスト 凡例, データ型 TIME (seconds may be left out, 24-hour clock). Example: "9:5" or "25:00:00".
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

CATEGORY = "C1"
SEVERITY = Severity.ERROR
HINT_JA = "時刻は HH:MM:SS(秒は省略可)で書きます。"
HINT_EN = "Write the time as HH:MM:SS (seconds may be left out)."


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Filled cells of TIME items that are no time."""
    for item in of_type(group, DataType.TIME):
        value = pl.col(item.name)
        yield Cells(item.name, (value != "") & ~value.str.contains("^(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?$"))
