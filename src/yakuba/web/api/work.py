"""Who asks, numbers of municipalities, long work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest  # noqa: TC002 - ninja reads the types when the program runs
from ninja import Router, Status

from yakuba.registry import jobs as queue
from yakuba.registry import queries
from yakuba.tenancy.rights import Action
from yakuba.web.api import shapes
from yakuba.web.api.asking import NO, actor_of, or_not_found

if TYPE_CHECKING:
    from yakuba.registry.jobs import JobState
    from yakuba.registry.queries.counts import Counts

router = Router(tags=["仕事"])


@router.get("/me", response={200: shapes.Me} | NO, operation_id="me")
def me(request: HttpRequest) -> dict[str, object]:
    """Who you are here, and what you may do today (利用者)."""
    actor = actor_of(request)
    names = ("login", "name", "municipality", "municipality_name", "group", "department")
    actions = [action.value for action in Action if actor.may(action)]
    return {name: getattr(actor, name) for name in names} | {"actions": actions}


@router.get("/counts", response={200: list[shapes.Counts]} | NO, operation_id="counts")
def counts(request: HttpRequest) -> tuple[Counts, ...]:
    """Municipalities in numbers, without a name (集計)."""
    return queries.counts(actor_of(request))


@router.get("/jobs", response={200: list[shapes.Job]} | NO, operation_id="jobs")
def jobs(request: HttpRequest, kind: shapes.Text = "") -> list[JobState]:
    """The newest 50 pieces of long work (長い仕事)."""
    return queue.newest(actor_of(request), kind)


@router.post("/jobs", response={202: shapes.Job} | NO, operation_id="start_job")
def start(request: HttpRequest, order: shapes.JobOrder) -> Status[JobState]:
    """Start long work; the same one that waits or runs already is given back (長い仕事の開始)."""
    actor = actor_of(request)
    number = queue.start(actor, order.kind, **order.arguments)
    return Status(202, or_not_found(queue.state(actor, number)))


@router.get("/jobs/{number}", response={200: shapes.Job} | NO, operation_id="job")
def job(request: HttpRequest, number: shapes.Number) -> JobState:
    """How far long work is (進み具合)."""
    return or_not_found(queue.state(actor_of(request), number))


@router.post("/jobs/{number}/cancel", response={200: shapes.Job} | NO, operation_id="cancel_job")
def cancel(request: HttpRequest, number: shapes.Number) -> JobState:
    """Ask long work to stop; nothing happens to what is over (中止)."""
    actor = actor_of(request)
    queue.cancel(actor, number)
    return or_not_found(queue.state(actor, number))
