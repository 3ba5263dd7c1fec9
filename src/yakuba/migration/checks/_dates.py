"""Dates as the standard writes them (YYYY-MM-DD), in whole columns."""

from __future__ import annotations

from functools import cache

import polars as pl

FORM = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_DAYS = (
    "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])",
    "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)",
    "02-(?:0[1-9]|1[0-9]|2[0-8])",
)
_YEAR = "(?:000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})"
_LEAP_YEAR = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)"
# The whole calendar as one expression: three times as fast as a parser of dates, and the gate of every date cell.
CALENDAR = f"^(?:{_YEAR}-(?:{'|'.join(_DAYS)})|{_LEAP_YEAR}-02-29)$"
OPEN_ENDS = ["0000-01-01", "9999-12-31"]
"""Start and end of a period that has none (凡例 of 基本データリスト)."""
UNKNOWN_WORDS = r"不詳|不明|頃|推定|[春夏秋冬旬]|間"
"""Words of the fourteen forms of an unknown date (不詳日): 年頃, 年月上旬, 日から日までの間 ….

Source: 住民記録システム標準仕様書 1.1.8.
"""


def formed(column: str) -> pl.Expr:
    """Whether a cell is written YYYY-MM-DD, a calendar day or not."""
    return pl.col(column).str.contains(FORM)


def calendar(column: str) -> pl.Expr:
    """Whether a cell is a day of the calendar, written YYYY-MM-DD: 9999-12-31 is one; "" and year 0000 are none."""
    return pl.col(column).str.contains(CALENDAR)


@cache
def suspicious(column: str) -> pl.Expr:
    """Gate of the date rules: filled, and no day of the calendar."""
    return (pl.col(column) != "") & ~calendar(column)
