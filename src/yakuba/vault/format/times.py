"""Moments (時刻) as a vault writes them: UTC, whole seconds, `2026-11-21T08:50:13Z`."""

from __future__ import annotations

from datetime import UTC, datetime

_FORM = "%Y-%m-%dT%H:%M:%SZ"


def stamp(moment: datetime) -> str:
    """The text of a moment.

    >>> stamp(datetime(2026, 11, 21, 17, 50, 13, tzinfo=UTC))
    '2026-11-21T17:50:13Z'
    """
    return moment.astimezone(UTC).strftime(_FORM)


def moment(text: str) -> datetime:
    """The moment of a text.

    Raises:
        ValueError: it is not in this one form.
    """
    return datetime.strptime(text, _FORM).replace(tzinfo=UTC)
