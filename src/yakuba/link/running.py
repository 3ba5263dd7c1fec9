"""Running (稼働): one look for cron and tests, or looking and sending side by side until told to stop."""

from __future__ import annotations

import random
from dataclasses import dataclass
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.progress import SILENT
from yakuba.link.arrivals import claim, claims, complete
from yakuba.link.contact import Contact
from yakuba.link.documents import sweep
from yakuba.link.lock import alone
from yakuba.link.refusing import readmit, refusals
from yakuba.link.sealing import recover
from yakuba.link.settings import within
from yakuba.link.staging import clear
from yakuba.link.status import publish
from yakuba.link.taking import WaitingError, must_wait, take

if TYPE_CHECKING:
    from yakuba.kernel.progress import Progress
    from yakuba.link.place import Place
    from yakuba.link.settings import Settings
    from yakuba.link.standing import Taken
    from yakuba.link.status import Status


@dataclass(frozen=True, slots=True)
class Look:
    """What one look has done.

    Attributes:
        sealed: feeds that are generations now. refused: how many were set aside.
    """

    sealed: tuple[Taken, ...]
    refused: int


class Link:
    """One link at work; hold the lock (`alone`) while using it."""

    def __init__(self, place: Place, settings: Settings, progress: Progress = SILENT) -> None:
        self._place, self._settings, self._progress = place, settings, progress
        self._contact = Contact(place, settings)
        self.stop = Event()
        self._wake = Event()
        self._problem = ""
        self._telling = Lock()
        place.prepare()
        clear(place.work)
        sweep(place.folder)

    def look(self) -> Look:
        """Take every feed that is complete, oldest first.

        Raises:
            CannotContinueError: folder, disk, vault or clock are in the way. Nothing is lost, the next look goes on.
        """
        place, settings = self._place, self._settings
        recover(place, settings)
        readmit(place)
        for arrival in complete(within(place, settings.watch.folder), settings.watch.complete):
            claim(place, arrival)
        before = len(refusals(place))
        sealed = []
        for one in claims(place):
            if self.stop.is_set():
                break
            if one.kind and must_wait(place, one.kind):
                continue
            self._contact.check_clock()
            try:
                taken = take(place, settings, one, self._progress)
            except WaitingError:
                continue
            sealed += [taken] if taken else []
            self.tell()
            self._wake.set()
        return Look(tuple(sealed), len(refusals(place)) - before)

    def deliver(self) -> bool:
        """Bring the centre up to date; whether nothing is left to do."""
        done = self._contact.deliver(self.stop)
        self.tell()
        return done

    def tell(self) -> Status:
        """Write the status for the screens."""
        with self._telling:
            return publish(self._place, self._settings, self._problem)

    def once(self) -> Look:
        """Look, seal and send once.

        Raises:
            CannotContinueError: see `look`; what was sealed before is sent all the same.
        """
        self.deliver()
        try:
            return self.look()
        except (CannotContinueError, OSError) as error:
            self._problem = _sentence(error)
            raise
        finally:
            self.deliver()

    def run(self) -> None:
        """Look and send until `stop` is set.

        Raises:
            Exception: a fault of our own in either of the two; both have ended then.
        """
        faults: list[BaseException] = []
        sender = Thread(target=self._guarded, args=(self._sending, faults), name="send")
        sender.start()
        try:
            self._guarded(self._looking, faults)
        finally:
            self.stop.set()
            self._wake.set()
            sender.join()
            self.tell()
        if faults:
            raise faults[0]

    def _guarded(self, work: object, faults: list[BaseException]) -> None:
        assert callable(work)
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - it is raised again where the program waits
            faults.append(error)
            self.stop.set()
            self._wake.set()

    def _looking(self) -> None:
        failed = 0
        while not self.stop.is_set():
            try:
                self.look()
                failed, problem = 0, ""
            except (CannotContinueError, OSError) as error:
                failed, problem = failed + 1, _sentence(error)
            if problem != self._problem:
                self._problem = problem
                self.tell()
            self.stop.wait(self._settings.watch.every_seconds if not failed else self._pause(failed))

    def _sending(self) -> None:
        failed = 0
        while not self.stop.is_set():
            failed = 0 if self.deliver() else failed + 1
            self._wake.wait(self._pause(failed) if failed else self._settings.centre.wait_seconds)
            self._wake.clear()

    def _pause(self, failed: int) -> float:
        """Longer each time, up to the longest; never the same for all the towns of a centre that was down."""
        longest = self._settings.centre.wait_seconds
        return min(longest, 2.0 ** min(failed, 16)) * random.uniform(0.5, 1.0)  # noqa: S311 - no secret


def _sentence(error: CannotContinueError | OSError) -> str:
    """What is in the way, for people."""
    if isinstance(error, CannotContinueError):
        return str(error)
    return f"{error.filename or 'ディスク disk'}: {error.strerror}"


def once(place: Place, settings: Settings, progress: Progress = SILENT) -> Look:
    """One look by the only program at work here.

    Raises:
        CannotContinueError: another one is at work, or see `Link.look`.
    """
    with alone(place):
        return Link(place, settings, progress).once()
