"""発行番号 without gaps and in the order of the issues, while papers of one municipality are drawn side by side.

A number is taken before the drawing, because it stands on the paper, and counts when the issue is settled: in order,
each after the one before it. The lowest number that is free goes to whoever begins next; it is held by a lock of the
database that ends with the transaction, so that nobody has to be told when a process is killed. Who finds at the end
that the number before was not issued has drawn in vain, gives everything back and begins again under a lower number.

What must never happen does not hang on these locks: the counter's row moves only from a number to the next, in the
transaction that writes the paper into the ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID


def begin(requests: Sequence[UUID]) -> bool:
    """Whether one of these requests was answered before; whoever brings the same ones waits until this one ends."""
    return bool(_said("SELECT issuance_begin(%s)", list(requests)))


def take(year: int, *, alone: bool = False) -> int:
    """The lowest serial of the year that nobody else has issued or draws under, in the municipality of this wall.

    Args:
        alone: wait until nobody else draws, and let nobody begin until this transaction has ended: for whoever needs
            several numbers, or holds something that others may wait for.
    """
    return int(_said("SELECT issuance_take(%s, %s)", year, alone))


def settle(year: int, serial: int) -> bool:
    """Count a serial as issued, when its paper is ready; waits for whoever draws under the one before.

    False = the one before was not issued, and this one would leave a gap: everything must be rolled back.
    """
    return bool(_said("SELECT issuance_settle(%s, %s)", year, serial))


def printed_number(year: int, serial: int, series: str = "") -> str:
    """The number as it stands on every page.

    Args:
        series: mark of the series as settings have it, "" = the ordinary one.

    >>> printed_number(2026, 123), printed_number(2026, 123, "B")
    ('2026-000123', '2026-B000123')
    """
    return f"{year}-{series}{serial:06d}"


def _said(question: str, *given: int | list[UUID]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        return cursor.fetchone()[0]
