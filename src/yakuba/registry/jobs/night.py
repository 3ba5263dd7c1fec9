"""Nightly work (日次処理): what is due, done by one worker, noted in the database.

    a day's work is due from YAKUBA_NIGHT_HOUR of that day on; until then it is the day before's.
    what says how often it wants to be done (EVERY) is due when so much time has passed.

So a worker that starts in the morning catches up with the night, and one that is killed leaves the rest to the next:
what is done is noted when it is done, and whoever does it holds an advisory lock as long as it lives.
"""

from __future__ import annotations

import json
import logging
import time
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from yakuba.registry.jobs.chores import chores

if TYPE_CHECKING:
    from datetime import date, datetime
    from threading import Event

    from yakuba.registry.job_tables.models import Chore
    from yakuba.registry.jobs.queue import Hands

LOOK = 60.0
"""Seconds between two looks at what is due."""
AGAIN = timedelta(hours=1)
"""After a failure it is tried again so much later."""
_KIND = 80
logger = logging.getLogger("yakuba.nightly")


@dataclass(frozen=True, slots=True)
class Done:
    """One piece of nightly work, as watchers see it: see `job_tables.models.Chore`. due: it should be done by now."""

    name: str
    title: str
    due: bool
    done_for: date | None = None
    done_at: datetime | None = None
    result: dict[str, int] = field(default_factory=dict)
    failed_at: datetime | None = None
    error: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


class Nights:
    """A worker's eye on the clock."""

    def __init__(self, hands: Hands, stop: Event) -> None:
        self._hands, self._stop = hands, stop
        self._next = 0.0

    def look(self) -> None:
        """Do what is due and nobody else does; between two looks this costs nothing."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + LOOK
        close_old_connections()
        for name in chores():
            if not self._stop.is_set() and _waits(name):
                with self._hands.alone(name) as mine:
                    # Another may have done it between our look and our hold.
                    if mine and _waits(name):
                        _do(self._hands, name)


def nightly() -> list[Done]:
    """How the nightly work stands, by name."""
    from yakuba.registry.job_tables.models import Chore

    rows = {row.name: row for row in Chore.objects.all()}
    return [
        Done(
            name, chore.TITLE, due=_due_again(name, row),
            done_for=row.done_for, done_at=row.done_at, result=row.result, failed_at=row.failed_at, error=row.error,
        )
        if (row := rows.get(name))
        else Done(name, chore.TITLE, due=True)
        for name, chore in chores().items()
    ]  # fmt: skip


def _due() -> date:
    """The day whose work should be done by now."""
    now = timezone.localtime()
    return now.date() if now.hour >= settings.NIGHT_HOUR else now.date() - timedelta(days=1)


def _waits(name: str) -> bool:
    from yakuba.registry.job_tables.models import Chore

    row = Chore.objects.filter(pk=name).first()
    if row is None:
        return True
    rests = row.failed_at is not None and row.failed_at > timezone.now() - AGAIN
    return _due_again(name, row) and not rests


def _due_again(name: str, row: Chore) -> bool:
    """Whether what was done is not enough any more."""
    every: timedelta | None = getattr(chores()[name], "EVERY", None)
    if every is not None:
        return row.done_at is None or row.done_at + every <= timezone.now()
    return row.done_for is None or row.done_for < _due()


def _do(hands: Hands, name: str) -> None:
    """One piece of it; a fault of ours ends this piece and neither the others nor the worker."""
    day, start = _due(), time.monotonic()
    try:
        result = chores()[name].run()
    except Exception as error:  # see above; the worker's own connection tells a database that is gone
        logger.exception("fault in nightly work", extra={"fields": {"chore": name}})
        _note(hands, name, failed_at=timezone.now(), error=type(error).__name__[:_KIND])
        return
    seconds = round(time.monotonic() - start, 2)
    logger.info("nightly work done", extra={"fields": {"chore": name, "seconds": seconds} | result})
    _note(hands, name, done_for=day, done_at=timezone.now(), result=json.dumps(result), failed_at=None, error="")


def _note(hands: Hands, name: str, **values: object) -> None:
    """Written by the worker's own connection: seen at once, and lost by no transaction of the work."""
    given = {"result": "{}", "error": ""} | values
    columns = ", ".join(given)
    places = ", ".join(["%s"] * len(given))
    changes = ", ".join(f"{column} = excluded.{column}" for column in values)
    statement = (
        f"INSERT INTO jobs_chore (name, {columns}) VALUES (%s, {places})"  # noqa: S608 - words of ours
        f" ON CONFLICT (name) DO UPDATE SET {changes}"
    )
    hands.connection.execute(statement.encode(), [name, *given.values()])
