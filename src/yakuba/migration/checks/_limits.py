"""Ages and periods that a law fixes (data/limits.csv): a value holds from its day until the next of its name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from yakuba.migration.checks._data import table

if TYPE_CHECKING:
    from datetime import date


@cache
def _values() -> dict[str, list[tuple[str, int]]]:
    """Name → (first day, value), earliest first."""
    values: dict[str, list[tuple[str, int]]] = {}
    for row in table("limits"):
        values.setdefault(row["name"], []).append((row["from"], int(row["value"])))
    return {name: sorted(dated) for name, dated in values.items()}


def limit(name: str, on: date) -> int:
    """The value in force on a day; before its first day the first one. Unit: see the table.

    >>> from datetime import date
    >>> limit("voter_age", date(2026, 4, 1)), limit("voter_age", date(2010, 4, 1))
    (18, 20)
    """
    dated = _values()[name]
    return next((value for first, value in reversed(dated) if first <= on.isoformat()), dated[0][1])


def years_before(day: date, years: int) -> str:
    """The day so many years earlier as the standard writes it: text to compare with, not always a calendar day.

    Whoever was born after it has not reached that age on `day`.

    >>> from datetime import date
    >>> years_before(date(2024, 2, 29), 18)
    '2006-02-29'
    """
    return f"{day.year - years:04}-{day:%m-%d}"


def months_before(day: date, months: int) -> str:
    """The day so many months earlier, as `years_before`.

    >>> from datetime import date
    >>> months_before(date(2026, 1, 31), 2)
    '2025-11-31'
    """
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return f"{years:04}-{month + 1:02}-{day:%d}"
