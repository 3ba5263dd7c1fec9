"""A date that is not written YYYY-MM-DD, or a year that is not YYYY.

Proposed: the same day in the standard's form, when the text has one reading (20200105, 2020/1/5, 平成2年1月5日).
Not this rule: a well-written day that no calendar has (`date_impossible`); words of an unknown date
(`unknown_date_words`).

Source: 基本データリスト 凡例, データ型 DATE, YEAR. Example: "H02.01.05", "00000000".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.model import DataType
from yakuba.migration.checks._dates import UNKNOWN_WORDS, formed, suspicious
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._items import of_type
from yakuba.migration.checks._readings import era_reading, iso_reading
from yakuba.migration.checks._width import half_width
from yakuba.migration.rules import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C2"
SEVERITY = Severity.ERROR
HINT_JA = "年月日は YYYY-MM-DD で書きます。読み方を決めてください。"
HINT_EN = "Write the date as YYYY-MM-DD: decide how this text is to be read."


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Filled cells of DATE and YEAR items in another form."""
    for item in of_type(group, DataType.DATE):
        yield Gated(
            item.name,
            ~formed(item.name) & ~pl.col(item.name).str.contains(UNKNOWN_WORDS),
            proposal=pl.coalesce(iso_reading(half_width(pl.col(item.name))), era_reading(item.name)),
            gate=suspicious(item.name),
        )
    for item in of_type(group, DataType.YEAR):
        value = pl.col(item.name)
        yield Cells(item.name, (value != "") & ~value.str.contains("^[0-9]{4}$"))
