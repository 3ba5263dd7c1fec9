"""Status (状態): when the last good copy was taken, sent and confirmed, and what waits for a person.

Written to status.json at every change, readable by all and without personal data, for screens and watching programs.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import CannotContinueError
from yakuba.link.contact import LineState, line_state
from yakuba.link.documents import read_document, write_document
from yakuba.link.journal import now
from yakuba.link.receipts import confirmed, receipt_of
from yakuba.link.refusing import refusals
from yakuba.link.settings import Settings, within
from yakuba.link.standing import load_standing
from yakuba.vault.format.entry import parse
from yakuba.vault.format.names import ENTRIES, entry_name
from yakuba.vault.format.times import moment, stamp
from yakuba.vault.store import Store, open_store

if TYPE_CHECKING:
    from yakuba.link.place import Place

_READABLE = 0o644


@dataclass(frozen=True, slots=True)
class Copy:
    """A generation as the link knows it; times UTC, "" = not yet.

    Attributes:
        number: of its entry. as_of: moment of the data. sealed_at: in the outbox. received_at: by the centre's clock.
    """

    number: int
    as_of: str
    sealed_at: str
    received_at: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A refused feed that somebody has to decide on."""

    id: str
    name: str
    refused_at: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """All of it.

    Attributes:
        good: the last good copy that was sealed. safe: the last one that the centre has confirmed. unsent: entries that
            the centre has not confirmed. refused: waits for a person. held: feeds that wait for such a decision.
        problem: why nothing can be sealed, "" = nothing is in the way. sends: whether there is a centre.
        late_hours: see the settings.
    """

    municipality: str
    updated_at: str
    good: Copy | None
    safe: Copy | None
    unsent: int
    refused: tuple[Waiting, ...]
    held: int
    line: LineState
    problem: str
    sends: bool
    late_hours: float

    def late(self, at: datetime) -> bool:
        """Whether the last good copy is older than it may be, at a moment (UTC)."""
        newest = self.safe if self.sends else self.good
        return newest is None or at - moment(newest.as_of) > timedelta(hours=self.late_hours)

    @property
    def attention(self) -> bool:
        """Whether somebody has to do something."""
        return bool(self.refused or self.problem or self.line.person)


def collect(place: Place, settings: Settings, problem: str = "") -> Status:
    """The status now, out of the link's folder; needs no lock."""
    store = open_store(str(within(place, settings.outbox.folder)))
    known = confirmed(place)
    taken = load_standing(place).taken
    good = Copy(taken.number, taken.as_of, taken.sealed_at, _received(place, taken.number)) if taken else None
    waiting = [
        Waiting(one.id, one.name, one.refused_at, tuple(ground.line() for ground in one.grounds))
        for one in refusals(place)
        if one.open
    ]
    return Status(
        municipality=settings.municipality,
        updated_at=stamp(now()),
        good=good,
        safe=_safe(place, store, known),
        unsent=len(store.names(ENTRIES)) - len(known) if settings.centre.url else 0,
        refused=tuple(waiting),
        held=sum(1 for _ in place.claimed.glob("*/claim.json")),
        line=line_state(place),
        problem=problem,
        sends=bool(settings.centre.url),
        late_hours=settings.watch.late_hours,
    )


def _received(place: Place, number: int) -> str:
    return str((receipt_of(place, number) or {}).get("received_at", ""))


def _safe(place: Place, store: Store, known: set[int]) -> Copy | None:
    """The newest generation with a receipt; entries between generations are few."""
    for number in sorted(known, reverse=True):
        entry = parse(store.read(entry_name(number)), number)
        if "as_of" in entry.fields:
            return Copy(number, str(entry.fields["as_of"]), stamp(entry.written_at), _received(place, number))
    return None


def publish(place: Place, settings: Settings, problem: str = "") -> Status:
    """Write status.json."""
    found = collect(place, settings, problem)
    write_document(place.status, asdict(found), mode=_READABLE)
    return found


def read_status(place: Place) -> Status | None:
    """What was published last; None when there is no link, or its status cannot be read.

    For screens: it raises nothing, because a page must not fail over it.
    """
    try:
        told = read_document(place.status)
        return _status(told) if told else None
    except (CannotContinueError, OSError, KeyError, TypeError, ValueError):
        return None


def _status(told: dict[str, Any]) -> Status:
    return Status(
        **{
            **told,
            "good": Copy(**told["good"]) if told["good"] else None,
            "safe": Copy(**told["safe"]) if told["safe"] else None,
            "refused": tuple(Waiting(**{**one, "reasons": tuple(one["reasons"])}) for one in told["refused"]),
            "line": LineState(**told["line"]),
        }
    )
