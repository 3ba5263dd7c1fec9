"""Measures for Prometheus (計測): how many answers, how quick, how many jobs wait. Numbers only, nobody's data."""

from __future__ import annotations

import math
import os
from hmac import compare_digest
from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseNotFound
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from yakuba.site import environment as env

if TYPE_CHECKING:
    from django.http import HttpRequest

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Variable of prometheus_client: where the processes of one server put their counts together."""

_OURS = CollectorRegistry()
_ANSWERS = Counter(
    "yakuba_answers", "Answers by method, route and status.", ("method", "route", "status"), registry=_OURS
)
_SECONDS = Histogram(
    "yakuba_answer_seconds",
    "Time to an answer, by route.",
    ("route",),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.12, 0.25, 0.5, 1, 2.5, 10),
    registry=_OURS,
)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def answered(method: str, route: str, status: int, seconds: float) -> None:
    """Count one answer."""
    # A method or a path that does not exist is the asker's invention: it must not make a new series.
    _ANSWERS.labels(method if method in _METHODS else "other", route, str(status)).inc()
    _SECONDS.labels(route).observe(seconds)


def forget(pid: int) -> None:
    """A process of the server has ended."""
    if os.environ.get(FOLDER):
        mark_process_dead(pid)  # type: ignore[no-untyped-call]


@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """`/metrics`, for watchers on this machine or who know the token; to everybody else it does not exist."""
    if not _may_read(request):
        return HttpResponseNotFound()
    registry = CollectorRegistry()
    if os.environ.get(FOLDER) and Path(os.environ[FOLDER]).is_dir():
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        text = generate_latest(registry)
    else:
        text = generate_latest(_OURS)
    return HttpResponse(text + generate_latest(_now()), content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    token = env.METRICS_TOKEN.text
    if token:
        return compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode())
    # Behind a reverse proxy everybody comes from this machine, and says so.
    direct = not any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP"))
    return direct and request.META.get("REMOTE_ADDR", "") in ("127.0.0.1", "::1", "")


def _now() -> CollectorRegistry:
    """What is true at this moment, asked of the database."""
    from yakuba.registry import jobs
    from yakuba.tenancy.signin.lockout import lately

    registry = CollectorRegistry()
    waiting = Gauge("yakuba_jobs_waiting", "Jobs that wait or run, by kind.", ("kind",), registry=registry)
    for kind, count in jobs.waiting().items():
        waiting.labels(kind).set(count)
    Gauge("yakuba_job_workers", "Processes that do jobs.", registry=registry).set(jobs.workers())
    _nightly(registry)
    _certificates(registry)
    _backup(registry)
    tried = Gauge("yakuba_sign_ins", "Attempts to sign in lately, by outcome.", ("outcome",), registry=registry)
    for outcome, count in lately().items():
        tried.labels(outcome).set(count)
    return registry


def _certificates(registry: CollectorRegistry) -> None:
    """Municipalities whose certificates are stopped, by an alarm or by a person, or differ from what was approved."""
    from yakuba.issuance import queries

    stopped = Gauge("yakuba_certificates_stopped", "1 = nothing is issued.", ("municipality",), registry=registry)
    differing = Gauge(
        "yakuba_certificates_unapproved", "Parts that differ from their approval.", ("municipality",), registry=registry
    )
    for municipality, reason, differences in queries.everywhere():
        stopped.labels(municipality).set(bool(reason))
        differing.labels(municipality).set(len(differences))


def _backup(registry: CollectorRegistry) -> None:
    """How every municipality's copies stand in the backup centre."""
    from yakuba.backup.queries import standings
    from yakuba.tenancy.acting import system

    said = {
        "age_seconds": "Since the data of the last good copy; +Inf = none.",
        "late": "1 = older than the plan allows, or none.",
        "bytes": "Stored, of all generations.",
        "behind": "Entries that the second centre lacks.",
        "alarms": "That hold now.",
    }
    gauges = {
        name: Gauge(f"yakuba_backup_{name}", text, ("municipality",), registry=registry) for name, text in said.items()
    }
    for one in standings(system()):
        good = one.good
        values = {
            "age_seconds": good.age.total_seconds() if good else math.inf,
            "late": good is None or good.late,
            "bytes": one.bytes,
            "behind": one.behind,
            "alarms": sum(alarm.ended_at is None for alarm in one.alarms),
        }
        for name, value in values.items():
            gauges[name].labels(one.plan.municipality).set(value)


def _nightly(registry: CollectorRegistry) -> None:
    """When each piece of nightly work was last done, and whether it failed since."""
    from yakuba.registry import jobs

    done = Gauge("yakuba_nightly_done_seconds", "When it was last done, Unix time.", ("chore",), registry=registry)
    failed = Gauge("yakuba_nightly_failed", "1 = it failed since it was last done.", ("chore",), registry=registry)
    for chore in jobs.nightly():
        done.labels(chore.name).set(chore.done_at.timestamp() if chore.done_at else 0)
        failed.labels(chore.name).set(chore.failed_at is not None)
