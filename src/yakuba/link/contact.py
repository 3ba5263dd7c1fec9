"""Contact (連絡): one attempt to bring the centre up to date, and what it tells about line and clocks."""

from __future__ import annotations

import hashlib
import time
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from yakuba.kernel.errors import CannotContinueError, NotProvenError
from yakuba.link.centre import Centre, CentreRefusedError, TryLaterError
from yakuba.link.documents import read_document, write_document
from yakuba.link.journal import note, now
from yakuba.link.receipts import confirmed
from yakuba.link.sending import send
from yakuba.link.settings import within
from yakuba.link.thinning import thin
from yakuba.vault.clock import APART
from yakuba.vault.format.names import ENTRIES, entry_name
from yakuba.vault.format.times import stamp
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from threading import Event

    from yakuba.link.centre import Head
    from yakuba.link.place import Place
    from yakuba.link.settings import Settings

_FRESH = 600.0
"""Seconds for which a comparison of clocks says something about them."""


@dataclass(frozen=True, slots=True)
class LineState:
    """How the last attempt ended.

    Attributes:
        tried_at, reached_at: UTC, "" = never. problem: "" = none. person: somebody has to look, it will not pass by
            itself. clock_seconds: ours minus the centre's.
    """

    tried_at: str = ""
    reached_at: str = ""
    problem: str = ""
    person: bool = False
    clock_seconds: int = 0


def line_state(place: Place) -> LineState:
    """What the last attempt has left."""
    return LineState(**(read_document(place.line) or {}))


class Contact:
    """Attempts of one program; it remembers how far the clocks were apart."""

    def __init__(self, place: Place, settings: Settings) -> None:
        self._place, self._settings = place, settings
        self._apart, self._measured = timedelta(), float("-inf")

    def deliver(self, stop: Event) -> bool:
        """Ask how far the centre is, send what it lacks, thin the outbox; whether nothing is left to do.

        Never raises for what a line, a centre or a wrong answer can do: that is told in `line_state`.
        """
        if not self._settings.centre.url:
            return True
        before, tried = line_state(self._place), stamp(now())
        problem, person = "", False
        try:
            self._deliver(stop)
        except TryLaterError as error:
            problem = str(error)
        except (CentreRefusedError, NotProvenError) as error:
            problem, person = str(error), True
        reached = before.reached_at if problem and not person else tried
        apart = int(self._apart.total_seconds())
        write_document(self._place.line, asdict(LineState(tried, reached, problem, person, apart)))
        if problem != before.problem:
            note(self._place, "line", problem=problem)
        return not problem

    def _deliver(self, stop: Event) -> None:
        with Centre(self._place, self._settings) as centre:
            head = centre.head()
            self._apart, self._measured = now() - head.now, time.monotonic()
            if not self._level(head):
                send(self._place, self._settings, centre, head, stop)
        thin(self._place, self._settings)

    def _level(self, head: Head) -> bool:
        """Whether the centre has all of our chain and has said so; told without reading the chain."""
        store = open_store(str(within(self._place, self._settings.outbox.folder)))
        count = len(store.names(ENTRIES))
        if not count == head.number + 1 == len(confirmed(self._place)):
            return False
        return hashlib.sha256(store.read(entry_name(head.number))).hexdigest() == head.digest

    def check_clock(self) -> None:
        """Nothing is sealed with a wrong time stamp: the centre would refuse it for ever, and all that follows.

        Raises:
            CannotContinueError: our clock and the centre's were found apart, not long ago.
        """
        if abs(self._apart) > APART and time.monotonic() - self._measured < _FRESH:
            minutes = int(self._apart.total_seconds() // 60)
            raise CannotContinueError(
                f"時計がセンターと {minutes:+} 分違います the clocks are apart",
                remedy="時刻合わせ（NTP）を直してください",
            )
