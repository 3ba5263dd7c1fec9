"""発行番号 without gaps: the row is locked from here to the commit, and what is rolled back has never been a number."""

from __future__ import annotations

from django.db import connection


def next_number(municipality: str, year: int, series: str = "") -> tuple[int, str]:
    """The next serial of a municipality in a year, and the number as it is printed (2026-000123).

    Args:
        series: mark of the series as settings have it, "" = the ordinary one.

    Others who issue for the same municipality wait here until this transaction has ended.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO issuance_numbering AS n (municipality, year, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (municipality, year) DO UPDATE SET last = n.last + 1 RETURNING last",
            [municipality, year],
        )
        serial = int(cursor.fetchone()[0])
    return serial, printed_number(year, serial, series)


def printed_number(year: int, serial: int, series: str = "") -> str:
    """The number as it stands on every page.

    >>> printed_number(2026, 123), printed_number(2026, 123, "B")
    ('2026-000123', '2026-B000123')
    """
    return f"{year}-{series}{serial:06d}"
