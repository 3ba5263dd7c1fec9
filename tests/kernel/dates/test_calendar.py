from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakuba.kernel.dates.calendar import DateKind, days_in_month, is_calendar_date, iso_text, legal_date_kind


def by_datetime(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def test_every_month_of_ten_thousand_years_as_the_standard_library() -> None:
    months = [(year, month) for year in range(1, 10000) for month in range(1, 13)]
    wrong = [each for each in months if days_in_month(*each) != calendar.monthrange(*each)[1]]
    assert wrong == []


@given(st.integers(0, 9999), st.integers(0, 13), st.integers(0, 32))
def test_kinds_as_datetime(year: int, month: int, day: int) -> None:
    text = f"{year:04}-{month:02}-{day:02}"
    possible = year > 0 and 1 <= month <= 12 and 1 <= day <= 31
    if text in ("0000-01-01", "9999-12-31"):
        return
    kind = DateKind.CALENDAR if by_datetime(text) else DateKind.IMPOSSIBLE if possible else DateKind.MALFORMED
    assert legal_date_kind(text) is kind
    assert iso_text(year, month, day) == (text if possible else None)


@given(st.text("0123456789-/ ０年\n", max_size=11))
def test_texts_as_datetime(text: str) -> None:
    assert is_calendar_date(text) == (by_datetime(text) and text != "9999-12-31")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("0000-01-01", DateKind.OPEN_START),
        ("9999-12-31", DateKind.OPEN_END),
        ("1912-07-30", DateKind.CALENDAR),
        ("1990-02-29", DateKind.IMPOSSIBLE),
        ("1990-02-31", DateKind.IMPOSSIBLE),
        ("1990-04-31", DateKind.IMPOSSIBLE),
        ("1990-02-32", DateKind.MALFORMED),
        ("1990-00-01", DateKind.MALFORMED),
        ("0000-01-02", DateKind.MALFORMED),
        ("0000-00-00", DateKind.MALFORMED),
        ("", DateKind.MALFORMED),
        ("19900101", DateKind.MALFORMED),
        ("1990-01-01\n", DateKind.MALFORMED),
        ("１９９０-01-01", DateKind.MALFORMED),
    ],
)
def test_named_cases(text: str, kind: DateKind) -> None:
    assert legal_date_kind(text) is kind
