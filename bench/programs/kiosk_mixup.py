"""The mix-up test: machines at several towns at once, while workers are killed and the database drops its connections.

    python -m bench.programs.kiosk_mixup [--issues 200000] [--seconds S] [--kiosks 40] [--towns 4] [--kill 20]

Every paper is opened and read: whose it is, from the words on its pages. Ends at so many papers or after so many
seconds; prints JSON: papers, wrong persons, duplicates, gaps, disagreements with the centre's list, what was killed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import psutil  # type: ignore[import-untyped]
import psycopg

from bench.programs.kiosk_town import furnish
from yakuba.issuance.kiosk.simulation.line import context
from yakuba.issuance.kiosk.simulation.machine import Clumsiness
from yakuba.issuance.kiosk.simulation.people import read_people
from yakuba.issuance.kiosk.simulation.run import Plan, end_of_day, simulate

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

    from yakuba.issuance.kiosk.simulation.outcome import Outcome
    from yakuba.issuance.kiosk.simulation.people import Directory

PAPERS_A_VISIT = 0.5
"""At least so many papers come of a visit; the rest are refused, given up, or children's."""
_CUT = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
    " WHERE usename = current_user AND pid <> pg_backend_pid()"
)


def main() -> None:
    """Make the towns, let the machines go, torment the service, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--issues", type=int, default=200_000)
    parser.add_argument("--seconds", type=float, default=0.0)
    parser.add_argument("--kiosks", type=int, default=40)
    parser.add_argument("--towns", type=int, default=4)
    parser.add_argument("--residents", type=int, default=1000)
    parser.add_argument("--kill", type=float, default=20.0, help="seconds between two kills of a worker")
    parser.add_argument("--cut", type=float, default=15.0, help="seconds between two cuts of all database connections")
    options = parser.parse_args()
    os.environ |= {"YAKUBA_LOG_LEVEL": "ERROR", "YAKUBA_PROCESSES": "3", "YAKUBA_THREADS": "8"}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        trial = furnish(home, options.towns, options.residents)
        print(json.dumps(_tormented(home, trial, options)))


def _tormented(home: Path, trial: Path, options: argparse.Namespace) -> dict[str, Any]:
    from yakuba.site.kiosk.serving import Door, served
    from yakuba.tenancy.database import embedded
    from yakuba.tenancy.database.ready import ready

    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        os.environ.pop(name, None)
    os.environ["YAKUBA_HOME"] = str(home)
    os.environ |= dict(zip(("DATABASE_URL", "DATABASE_OWNER_URL"), _addresses(home), strict=True))
    ready(home)
    people = read_people(trial / "people.csv")
    tls = context(trial / "centre.pem", trial / "centre.key", trial / "authority.pem")
    door = Door(trial / "server.pem", trial / "server.key", trial / "authority.pem")
    try:
        with served("127.0.0.1:0", door) as url:
            over, told = Event(), {"killed": 0, "cut": 0}
            tormentors = [
                Thread(target=_kill, args=(over, options.kill, told)),
                Thread(target=_cut, args=(over, options.cut, told)),
            ]
            for each in tormentors:
                each.start()
            try:
                outcome, seconds = _driven(url, people, tls, options)
            finally:
                over.set()
                for each in tormentors:
                    each.join()
            return _said(outcome, seconds, told) | _proven(people, outcome, url, tls)
    finally:
        embedded.stop(home)


def _addresses(home: Path) -> tuple[str, str]:
    from yakuba.tenancy.database import embedded

    found = embedded.start(home)
    return found.app, found.owner


def _driven(url: str, people: Directory, tls: ssl.SSLContext, options: argparse.Namespace) -> tuple[Outcome, float]:
    """Runs of some thousand visits, one after the other, until there are papers enough."""
    started = time.monotonic()
    whole: Outcome | None = None
    for seed in range(1, 1_000_000):
        papers = whole.counts["papers"] if whole else 0
        left = options.seconds - (time.monotonic() - started) if options.seconds else 0.0
        if papers >= options.issues or (options.seconds and left <= 0):
            break
        visits = min(10_000, int((options.issues - papers) / PAPERS_A_VISIT) + 1)
        ways = Clumsiness(repeat=0.05, hang_up=0.03, abort=0.03, jam=0.02, silent=0.02, delay=0.02)
        plan = Plan(url, visits, options.kiosks, seed, seconds=left, ways=ways)
        whole = simulate(plan, people, tls, into=whole)
        print(f"{whole.counts['papers']:>8,} papers  {time.monotonic() - started:8.0f} s", file=sys.stderr, flush=True)
    assert whole is not None
    return whole, time.monotonic() - started


def _workers() -> Iterator[psutil.Process]:
    """The processes that answer: children of a server of ours."""
    for child in psutil.Process().children(recursive=True):
        try:
            line = " ".join(child.cmdline())
            if "yakuba.site.kiosk.wsgi" in line and "yakuba.site.kiosk.wsgi" in " ".join(child.parent().cmdline()):
                yield child
        except (psutil.NoSuchProcess, AttributeError):
            continue


def _kill(over: Event, every: float, told: dict[str, int]) -> None:
    random = Random(1)  # noqa: S311 - repeatable, not secret
    while every and not over.wait(every * (0.5 + random.random())):
        workers = list(_workers())
        if workers:
            random.choice(workers).kill()
            told["killed"] += 1


def _cut(over: Event, every: float, told: dict[str, int]) -> None:
    random = Random(2)  # noqa: S311 - as above
    while every and not over.wait(every * (0.5 + random.random())):
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            row = connection.execute(_CUT).fetchone()
            told["cut"] += row[0] if row else 0


def _said(outcome: Outcome, seconds: float, told: dict[str, int]) -> dict[str, Any]:
    return outcome.as_dict() | {
        "seconds": round(seconds, 1),
        "papers_per_second": round(outcome.counts["papers"] / seconds, 1),
        "workers_killed": told["killed"],
        "connections_cut": told["cut"],
    }


def _proven(people: Directory, outcome: Outcome, url: str, tls: ssl.SSLContext) -> dict[str, Any]:
    """What the ledger and the centre's list say of it."""
    from django.utils import timezone

    from yakuba.issuance import queries
    from yakuba.issuance.kiosk.reconciling import reconcile
    from yakuba.site.startup import let_go
    from yakuba.tenancy.acting import system

    let_go()  # our own connections were cut too
    differences = end_of_day(outcome, Plan(url, 0, 1), tls, timezone.localdate())
    valid = 0
    for town in people.towns:
        reconcile(system(town), timezone.localdate(), [])
        valid += queries.ledger(system(town), queries.Filter())[1]
    stopped = [town for town in people.towns if queries.stopped(town)]
    gaps = sum(sum(queries.gaps(system(town)).values()) for town in people.towns)
    return {
        "towns": len(people.towns),
        "ledger": valid,
        "gaps": gaps,
        "list_differences": differences,
        "stopped": stopped,
    }


if __name__ == "__main__":
    main()
