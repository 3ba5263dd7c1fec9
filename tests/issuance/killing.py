"""Workers that are killed while they issue: `python -m tests.issuance.killing TOWN ROUNDS SEED` prints what came of it.

Every worker is a process of its own. First it asks again for what the worker before it was killed over, then it begins
a new request and is killed with SIGKILL: in one round out of two before a certain statement reaches the database, else
at a random moment, which may be in the middle of drawing or signing, or behind the commit. The database is the one
that DATABASE_URL names. Several of these programs at a time draw side by side.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

from yakuba.certificates.font import face
from yakuba.certificates.kinds import kinds
from yakuba.tenancy.database.ready import ready

if TYPE_CHECKING:
    from collections.abc import Callable

STATEMENTS = 45
"""More than an issue sends; beyond the last one the worker dies before it tells of its paper."""
LONGEST = 0.08
"""Seconds after which a worker is killed at the latest, from the beginning of its issue."""


def main(town: str, rounds: int, seed: int) -> None:
    """One worker after the other; the last one is let alone."""
    ready()

    import yakuba.issuance.services  # noqa: F401 - read here once, not by every worker

    assert face().characters
    assert kinds()
    random = Random(seed)  # noqa: S311 - repeatable, not secret
    requests = [str(UUID(int=random.getrandbits(128), version=4)) for _ in range(rounds)]
    told: dict[str, str] = {}
    killed = 0
    for place, request in enumerate([*requests, ""]):
        former = requests[place - 1] if place else ""
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            os.close(reader)
            _work(town, former, request, writer, random.randrange(1, STATEMENTS) if place % 2 else 0)
        os.close(writer)
        killed += _watched(child, reader, random.random() * LONGEST if request and not place % 2 else None, told)
    sys.stdout.write(json.dumps({"requests": requests, "told": told, "killed": killed}) + "\n")


def _work(town: str, former: str, request: str, writer: int, statement: int) -> None:
    """In the worker: what is told goes through the pipe, a line each."""
    from django.db import connection
    from tests.issuance.town import asks

    from yakuba.issuance import services
    from yakuba.tenancy.acting import system

    def give(key: str) -> None:
        number = services.issue(system(town), asks(), request=key).number
        os.write(writer, f"{key} {number}\n".encode())

    if former:
        give(former)
    if request:
        os.write(writer, b"begun\n")
        with connection.execute_wrapper(_deadly(statement)):
            give(request)
        if statement:
            _die()
    os._exit(0)


def _deadly(statement: int) -> Callable[..., Any]:
    """Kills the process before its so-and-so-many-th statement; never with 0."""
    numbers = count(1)

    def execute(go: Callable[..., Any], *given: Any) -> Any:
        if next(numbers) == statement:
            _die()
        return go(*given)

    return execute


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)


def _watched(child: int, reader: int, after: float | None, told: dict[str, str]) -> int:
    """Read what a worker tells, and kill it some time after it has begun; gives whether it was killed."""
    with os.fdopen(reader) as lines:
        for line in lines:
            words = line.split()
            if words == ["begun"] and after is not None:
                time.sleep(after)
                os.kill(child, signal.SIGKILL)
            elif len(words) > 1:
                assert told.setdefault(words[0], words[1]) == words[1], "another number for the same request"
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL, status
        return 1
    assert os.WEXITSTATUS(status) == 0, status
    return 0


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
