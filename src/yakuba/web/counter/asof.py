"""A day somebody types: 和暦 or 西暦, with or without separators."""

from __future__ import annotations

import re
from datetime import date

from yakuba.kernel.dates.wareki import FULL_TO_HALF, Wareki

_WESTERN = re.compile(r"([0-9]{4})[-./年]?([0-9]{1,2})[-./月]?([0-9]{1,2})日?")


def typed_day(text: str) -> date | None:
    """The day, None when the text is none that the calendar has.

    >>> [typed_day(text) for text in ("R8.4.1", "令和８年４月１日", "5080401", "20260401", "2026-4-1")]
    [datetime.date(2026, 4, 1), datetime.date(2026, 4, 1), datetime.date(2026, 4, 1), datetime.date(2026, 4, 1), \
datetime.date(2026, 4, 1)]
    >>> typed_day("2026-02-30"), typed_day("昨日")
    (None, None)
    """
    plain = text.translate(FULL_TO_HALF).strip()
    if found := Wareki.parse(plain):
        parts = found.iso().split("-")
    elif match := _WESTERN.fullmatch(plain):
        parts = list(match.groups())
    else:
        return None
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        return None
