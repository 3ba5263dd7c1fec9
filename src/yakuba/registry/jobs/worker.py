"""The worker (働き手): takes jobs one after the other, tells how far they are, and lets nothing happen twice.

Between two jobs it looks whether nightly work is due (`night`).
"""

from __future__ import annotations

import json
import logging
import time
from typing import TYPE_CHECKING, Any

from django.db import close_old_connections
from django.utils import timezone

from yakuba.kernel.errors import CannotContinueError
from yakuba.registry.jobs.kinds import kinds
from yakuba.registry.jobs.night import Nights
from yakuba.registry.jobs.place import job_folder
from yakuba.registry.jobs.queue import Hands, own_connection
from yakuba.registry.jobs.state import State
from yakuba.tenancy.acting import NotAllowedError, system
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.queries import actor_of

if TYPE_CHECKING:
    from threading import Event

    from yakuba.kernel.progress import Progress
    from yakuba.registry.job_tables.models import Job
    from yakuba.registry.jobs.queue import Statement

ATTEMPTS = 3
"""A job whose worker was lost this often is not tried again: it may be what kills the workers."""
REST = 2.0
"""Longest time between two looks at the queue, seconds; news come at once."""
TELL = 0.5
"""Shortest time between two writings of progress, seconds."""
_SENTENCE, _STAGE, _UNIT = 500, 120, 40
logger = logging.getLogger("yakuba.jobs")


class StoppedError(Exception):
    """The worker itself is asked to stop; the job goes back into the queue."""


class CancelledError(CannotContinueError):
    """Somebody asked to stop this job."""


def work(stop: Event, *, until_empty: bool = False) -> None:
    """Do jobs, and nightly work, until asked to stop.

    Args:
        stop: set by a signal. until_empty: end when nothing waits, for tests and for commands.

    Raises:
        psycopg.OperationalError: the database is gone; whoever started this process starts it anew.
    """
    with own_connection() as connection:
        hands = Hands(connection)
        nights = Nights(hands, stop)
        while not stop.is_set():
            nights.look()
            if not _one(hands, stop):
                if until_empty:
                    return
                hands.rest(REST)


def _one(hands: Hands, stop: Event) -> bool:
    """Do the oldest job that nobody else holds; False if there is none."""
    for number, municipality, name in hands.tickets():
        kind = kinds().get(name)
        with hands.held(number, municipality, exclusive=bool(kind and kind.EXCLUSIVE)) as mine:
            if mine:
                _do(hands, stop, number, municipality)
                return True
    return False


def _do(hands: Hands, stop: Event, number: int, municipality: str) -> None:
    """One job from its ticket to its end, whatever happens in between."""
    close_old_connections()
    job = _begin(number, municipality)
    if job.state != State.RUNNING:
        _end(hands, job)
        return
    logger.info("job started", extra={"fields": {"job": number, "kind": job.kind, "attempt": job.attempts}})
    try:
        job.message, job.result = _run(job, _Telling(hands, job, stop))
        job.state = State.DONE
    except StoppedError:
        job.state, job.attempts = State.QUEUED, job.attempts - 1
    except CancelledError as error:
        job.state, job.message = State.CANCELLED, str(error)
    except CannotContinueError as error:
        job.state, job.message = State.FAILED, str(error)
    except Exception as error:  # a fault of ours ends this job and must not end the worker
        job.state, job.message = State.FAILED, _sorry(error)
        logger.exception("fault in a job", extra={"fields": {"job": number}})
    _end(hands, job)


def _run(job: Job, progress: Progress) -> tuple[str, dict[str, Any]]:
    """The work itself, with the rights that its starter has now."""
    kind = kinds()[job.kind]
    actor = actor_of(job.staff) if job.staff else system(job.municipality_id)
    if actor is None or actor.municipality != job.municipality_id:
        raise NotAllowedError("始めた職員の利用が終わっています", remedy="権限のある職員が始め直してください")
    actor.must(kind.ACTION)
    kind.check(job.municipality_id, job.arguments)
    out = job_folder(job.municipality_id, job.pk)
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    return kind.run(actor, out, job.arguments, progress)


def _sorry(error: Exception) -> str:
    """For the person who waits: kind of the fault only, as its message may hold somebody's data."""
    return f"処理できませんでした（{type(error).__name__}）→ 何も変わっていません。情報担当に知らせてください"


def _begin(number: int, municipality: str) -> Job:
    """Mark the job as begun, in a transaction of its own so that a kill in the middle is counted."""
    from yakuba.registry.job_tables.models import Job

    with wall(municipality):
        job = Job.objects.select_for_update().get(pk=number)
        if job.cancelled:
            job.state, job.message = State.CANCELLED, "中止しました"
        elif job.attempts >= ATTEMPTS:
            job.state, job.message = State.FAILED, f"{ATTEMPTS}回とも途中で止まりました → 情報担当に知らせてください"
        else:
            job.state, job.attempts = State.RUNNING, job.attempts + 1
            job.started_at = job.started_at or timezone.now()
        job.stage, job.done, job.total, job.unit = "", 0, None, ""
        job.save()
    return job


def _end(hands: Hands, job: Job) -> None:
    """Write how it ended and take the ticket away, in one; a job that goes back into the queue keeps its ticket."""
    over = State(job.state).over
    result = json.dumps(job.result, ensure_ascii=False, default=str)
    ended = timezone.now() if over else None
    columns = "state = %s, attempts = %s, message = %s, result = %s, ended_at = %s, done = %s"
    values = [str(job.state), job.attempts, job.message[:_SENTENCE], result, ended, job.done, job.pk]
    ending: Statement = (f"UPDATE jobs_job SET {columns} WHERE id = %s", values)  # noqa: S608 - words of ours
    away: Statement = ("DELETE FROM jobs_ticket WHERE job = %s", [job.pk])
    hands.write(job.municipality_id, ending, *([away] if over else []))
    logger.info("job ended", extra={"fields": {"job": job.pk, "kind": job.kind, "state": str(job.state)}})


class _Telling:
    """Progress that goes to the job's row, and hears whether the work should stop."""

    def __init__(self, hands: Hands, job: Job, stop: Event) -> None:
        self._hands, self._job, self._stop = hands, job, stop
        self._told = 0.0

    def stage(self, name: str, total: int | None = None, unit: str = "") -> None:
        job = self._job
        job.stage, job.total, job.unit, job.done = name[:_STAGE], total, unit[:_UNIT], 0
        self._tell()

    def advance(self, amount: int) -> None:
        self._job.done += amount
        if time.monotonic() - self._told >= TELL:
            self._tell()

    def _tell(self) -> None:
        self._told = time.monotonic()
        if self._stop.is_set():
            raise StoppedError
        # No row changes where somebody has asked to stop; with the hands gone, the job is not ours any more.
        job = self._job
        telling: Statement = (
            "UPDATE jobs_job SET stage = %s, done = %s, total = %s, unit = %s WHERE id = %s AND NOT cancelled",
            [job.stage, job.done, job.total, job.unit, job.pk],
        )
        if not self._hands.write(job.municipality_id, telling):
            raise CancelledError("中止しました", remedy="続きが必要なら、もう一度始めてください")
