"""Journal (記録): every event of the link with its time, for the person who asks afterwards. No personal data."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from yakuba.link.documents import add_line
from yakuba.vault.format.times import stamp

if TYPE_CHECKING:
    from yakuba.link.place import Place


def now() -> datetime:
    """This machine's clock, UTC."""
    return datetime.now(UTC)


def note(place: Place, event: str, **facts: str | float) -> None:
    """Write one event down.

    Args:
        event: claimed, refused, accepted, discarded, sealed, sent, confirmed, thinned, line.
    """
    add_line(place.journal, {"at": stamp(now()), "event": event, **facts})
