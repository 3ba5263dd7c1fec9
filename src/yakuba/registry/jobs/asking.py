"""What screens and commands ask of the queue: start a job, look at it, stop it. All inside the asker's own wall."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from yakuba.kernel.errors import UsageError
from yakuba.registry.jobs.kinds import Kind, kinds
from yakuba.registry.jobs.place import job_folder
from yakuba.registry.jobs.queue import one_at_a_time, tell
from yakuba.registry.jobs.state import JobState, State, state_of
from yakuba.tenancy.acting import NotFoundError
from yakuba.tenancy.audit import record
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.registry.job_tables.models import Job
    from yakuba.tenancy.acting import Actor

_DIGITS = 18
"""No job will ever have a longer number; PostgreSQL refuses numbers beyond 8 bytes."""
_OPEN = (State.QUEUED.value, State.RUNNING.value)


def start(actor: Actor, kind: str, **arguments: Any) -> int:
    """Put a job into the queue; gives its number. The same job asked for twice (a double click) is one job.

    Args:
        kind: load, export, migrate, output: a file in registry/jobs/kinds. arguments: as the kind says.

    Raises:
        NotAllowedError: the actor may not do this.
        NotFoundError: the actor has no municipality.
        UsageError: no such kind, or arguments that it cannot mean.
    """
    from yakuba.registry.job_tables.models import Job, Ticket

    found = _kind(kind)
    if not actor.municipality:
        raise NotFoundError("団体に属さない利用者です", remedy="団体の職員が始めてください")
    actor.must(found.ACTION)
    found.check(actor.municipality, arguments)
    with wall(actor.municipality):
        one_at_a_time(actor.municipality)
        same = Job.objects.filter(kind=kind, arguments=arguments, staff=actor.staff, state__in=_OPEN).first()
        if same:
            return same.pk
        job = Job.objects.create(
            municipality_id=actor.municipality,
            kind=kind,
            state=State.QUEUED,
            arguments=arguments,
            staff=actor.staff,
            login=actor.login,
        )
        Ticket.objects.create(job=job.pk, municipality_id=actor.municipality, kind=kind)
        record(actor, place="jobs", action=f"start {kind}", detail={"job": job.pk})
        tell()
        return job.pk


def state(actor: Actor, number: int | str) -> JobState | None:
    """How far a job is; None for a job that does not exist for this actor."""
    with wall(actor.municipality):
        job = _visible(actor).filter(pk=_number(number)).first()
        return state_of(job, _title(job)) if job else None


def newest(actor: Actor, kind: str = "", *, limit: int = 50) -> list[JobState]:
    """The newest jobs that this actor may see, of one kind or of all."""
    with wall(actor.municipality):
        found = _visible(actor).filter(**({"kind": kind} if kind else {}))[:limit]
        return [state_of(job, _title(job)) for job in found]


def cancel(actor: Actor, number: int | str) -> bool:
    """Ask a job to stop: a waiting one at once, a running one at its next step; False if it is over or not theirs."""
    from yakuba.registry.job_tables.models import Ticket

    with wall(actor.municipality):
        job = _visible(actor).select_for_update().filter(pk=_number(number), state__in=_OPEN).first()
        if job is None:
            return False
        job.cancelled = True
        if job.state == State.QUEUED:
            job.state, job.ended_at = State.CANCELLED, timezone.now()
            Ticket.objects.filter(job=job.pk).delete()
        job.save(update_fields=("cancelled", "state", "ended_at"))
        record(actor, place="jobs", action=f"cancel {job.kind}", detail={"job": job.pk})
        return True


def folder(actor: Actor, number: int | str) -> Path | None:
    """Where the files of a job lie; None for a job that does not exist for this actor."""
    with wall(actor.municipality):
        if not _visible(actor).filter(pk=_number(number)).exists():
            return None
    return job_folder(actor.municipality, _number(number))


def _number(number: int | str) -> int:
    """A job's number from an address or a file; 0, which no job has, for anything else."""
    text = str(number)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else 0


def _visible(actor: Actor) -> Any:
    """Jobs that this actor started, and those of kinds that this actor may start; what others output is theirs."""
    from yakuba.registry.job_tables.models import Job

    theirs = [name for name, kind in kinds().items() if kind.SHARED and actor.may(kind.ACTION)]
    return Job.objects.filter(Q(staff=actor.staff) | Q(kind__in=theirs))


def _kind(name: str) -> Kind:
    found = kinds().get(name)
    if found is None:
        raise UsageError(f"{name}: no such kind of job", remedy=f"choose from {', '.join(kinds())}")
    return found


def _title(job: Job) -> str:
    found = kinds().get(job.kind)
    return found.TITLE if found else job.kind
