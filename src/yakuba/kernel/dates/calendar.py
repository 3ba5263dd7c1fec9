"""Which texts are a date in a register, without `datetime`, which cannot hold most of them.

A register keeps days that no calendar has (29 February of a common year, from an old 戸籍) and open ends of
periods. They are legal values of their fields, so they are told apart here and judged elsewhere.

Source: 住民記録システム標準仕様書【第1.0版】1.1.8.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

OPEN_START = "0000-01-01"
"""Start of a period that has always been (始期なし)."""
OPEN_END = "9999-12-31"
"""End of a period that has none (終期なし)."""

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LONGEST_MONTH = 31


class DateKind(StrEnum):
    """What a date text is."""

    CALENDAR = "calendar"
    """暦上日: a day of the calendar."""
    IMPOSSIBLE = "impossible"
    """暦上日以外: month 1–12 and day 1–31 that do not meet (1990-02-29); legal in some fields."""
    OPEN_START = "open_start"
    """0000-01-01: the period has no start."""
    OPEN_END = "open_end"
    """9999-12-31: the period has no end."""
    MALFORMED = "malformed"
    """Not YYYY-MM-DD, year 0000, month 13, day 00 …"""


def days_in_month(year: int, month: int) -> int:
    """Days of a month of the Gregorian calendar, carried back before its start.

    >>> days_in_month(1900, 2), days_in_month(2000, 2)
    (28, 29)
    """
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _DAYS[month - 1] + (leap and month == 2)  # noqa: PLR2004 - February


@lru_cache(maxsize=65536)
def legal_date_kind(text: str) -> DateKind:
    """What an ISO date text is.

    >>> [str(legal_date_kind(text)) for text in ("1992-02-29", "1990-02-29", "9999-12-31", "1990-2-3")]
    ['calendar', 'impossible', 'open_end', 'malformed']
    """
    if text == OPEN_START:
        return DateKind.OPEN_START
    if text == OPEN_END:
        return DateKind.OPEN_END
    parts = _ISO.fullmatch(text)
    if parts is None:
        return DateKind.MALFORMED
    year, month, day = (int(part) for part in parts.groups())
    if year < 1 or not 1 <= month <= len(_DAYS) or not 1 <= day <= _LONGEST_MONTH:
        return DateKind.MALFORMED
    return DateKind.CALENDAR if day <= days_in_month(year, month) else DateKind.IMPOSSIBLE


def is_calendar_date(text: str) -> bool:
    """Whether a text is a day of the calendar as YYYY-MM-DD. Open ends are not: they stand for "no date".

    >>> is_calendar_date("2000-02-29"), is_calendar_date("1900-02-29"), is_calendar_date("9999-12-31")
    (True, False, False)
    """
    return legal_date_kind(text) is DateKind.CALENDAR


def iso_text(year: int, month: int, day: int) -> str | None:
    """Year, month and day as ISO text, days that no calendar has included; None when it would be malformed.

    >>> iso_text(1990, 2, 29), iso_text(1990, 13, 1)
    ('1990-02-29', None)
    """
    text = f"{year:04}-{month:02}-{day:02}"
    return None if legal_date_kind(text) is DateKind.MALFORMED else text
