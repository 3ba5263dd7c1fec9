"""Dates of a fictitious town: the day it stands on, and dates as day numbers until they are written."""

from __future__ import annotations

from datetime import date

AS_OF = date(2026, 11, 20)
"""基準日 of every made town; a constant, so that the same seed gives the same bytes on any day."""

TODAY = AS_OF.toordinal()
COMPUTERISED = date(1992, 4, 1).toordinal()
"""Day the register moved from paper into the first system: older entries appear as 改製 on this day."""
JUKI_NET = date(2002, 8, 5).toordinal()
"""Day the 住民票コード was given to everybody registered."""
MY_NUMBER = date(2015, 10, 5).toordinal()
"""Day the 個人番号 was given to everybody registered."""
FOREIGN_START = date(2012, 7, 9).toordinal()
"""Day foreign residents came under the 住民基本台帳法."""

EPOCH = date(1970, 1, 1).toordinal()
"""Day number of Polars' day 0."""


def iso(day: int) -> str:
    """`YYYY-MM-DD` of a day number; 0 (never) is "".

    >>> iso(date(2024, 2, 29).toordinal())
    '2024-02-29'
    """
    return date.fromordinal(day).isoformat() if day else ""


def age(born: int, day: int = TODAY) -> int:
    """Full years on a day (years by 365.2425 days: good enough for drawing)."""
    return int((day - born) / 365.2425)


def day(text: str) -> int:
    """Day number of `YYYY-MM-DD`."""
    return date.fromisoformat(text).toordinal()
