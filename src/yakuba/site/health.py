"""`/healthz`: is this installation well? For load balancers and watchers; says nothing that helps an attacker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import JsonResponse

from yakuba.registry import jobs
from yakuba.site import environment as env
from yakuba.tenancy.database.upgrade import pending

if TYPE_CHECKING:
    from django.http import HttpRequest

OK, DOWN = 200, 503


_known: set[str] = set()
"""Holds "ok" once the tables were found to be of this version: they do not become older again."""


@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django's signature
    """Database, tables, workers: each "ok" or what is missing; 503 where one is missing."""
    try:
        if not _known and not pending("default"):
            _known.add("ok")
        # With JOBS = 0 the workers are another machine's business, and that one has a watcher of its own.
        worker = "ok" if jobs.workers() or not env.JOBS.number else "missing"
        state = {"database": "ok", "upgrade": "ok" if _known else "pending", "worker": worker}
    except DatabaseError:
        state = {"database": "unreachable", "upgrade": "unknown", "worker": "unknown"}
    well = all(value == "ok" for value in state.values())
    return JsonResponse(state | {"status": "ok" if well else "down"}, status=OK if well else DOWN)
