"""The mix-up test: machines at several towns at once, while workers are killed and the database drops its connections.

    python -m bench.programs.kiosk_mixup [--issues 200000] [--seconds S] [--towns 4] [--kill 20] [--resume DIR]
    python -m bench.programs.kiosk_mixup --path service [--workers 4] …

Every paper is opened and read: whose it is, from the words on its pages. Ends at so many papers or after so many
seconds; prints JSON: papers, wrong persons, duplicates, gaps, disagreements with the centre's list, what was killed.

`--path kiosk` is everything: machines, TLS, menus. `--path service` drives the issuing service itself from processes of
its own and makes more papers in the time. With `--resume` the installation is kept and runs are added up, each path by
itself; the ledger's gaps and the duplicates are those of all runs together.
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

import psycopg

from bench.programs import mixup_sum
from bench.programs.kiosk_spent import servers
from bench.programs.kiosk_town import furnish
from bench.programs.mixup_service import Gang, Jobs, Tally
from yakuba.issuance.kiosk.simulation.line import context
from yakuba.issuance.kiosk.simulation.machine import Clumsiness
from yakuba.issuance.kiosk.simulation.people import read_people
from yakuba.issuance.kiosk.simulation.run import Plan, end_of_day, simulate

if TYPE_CHECKING:
    import ssl

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
    parser.add_argument("--path", choices=("kiosk", "service"), default="kiosk")
    parser.add_argument("--workers", type=int, default=4, help="processes of the service path")
    parser.add_argument("--resume", type=Path, help="folder: go on with the installation in it, or make one there")
    options = parser.parse_args()
    os.environ |= {"YAKUBA_LOG_LEVEL": "ERROR", "YAKUBA_PROCESSES": "3", "YAKUBA_THREADS": "8"}
    with tempfile.TemporaryDirectory() as folder:
        place = options.resume or Path(folder)
        home = place / "home"
        if not (home / "trial").exists():
            furnish(home, options.towns, options.residents)
        said, papers = _tormented(home, home / "trial", options)
        mixup_sum.add(place, options.path, said, papers)
        print(json.dumps(said | {"path": options.path, "all_runs": mixup_sum.added_up(place)}))


Papers = list[tuple[str, str, str]]
"""団体コード, request, 発行番号."""


def _tormented(home: Path, trial: Path, options: argparse.Namespace) -> tuple[dict[str, Any], Papers]:
    from yakuba.tenancy.database import embedded
    from yakuba.tenancy.database.ready import ready
    from yakuba.tenancy.database.upgrade import upgrade

    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        os.environ.pop(name, None)
    os.environ["YAKUBA_HOME"] = str(home)
    os.environ |= dict(zip(("DATABASE_URL", "DATABASE_OWNER_URL"), _addresses(home), strict=True))
    ready(home)
    people = read_people(trial / "people.csv")
    try:
        upgrade()
        _approve(people)
        return (_by_service if options.path == "service" else _by_kiosk)(people, trial, options)
    finally:
        embedded.stop(home)


def _by_kiosk(people: Directory, trial: Path, options: argparse.Namespace) -> tuple[dict[str, Any], Papers]:
    from yakuba.site.kiosk.serving import Door, served

    tls = context(trial / "centre.pem", trial / "centre.key", trial / "authority.pem")
    door = Door(trial / "server.pem", trial / "server.key", trial / "authority.pem")
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
        said = _said(outcome, seconds, told) | _listed(people, outcome, url, tls)
    papers = [(town, visit, number) for (town, number), visit in outcome.numbers.items()]
    return said | _proven(people), papers


def _by_service(people: Directory, trial: Path, options: argparse.Namespace) -> tuple[dict[str, Any], Papers]:
    started = time.monotonic()
    until = started + options.seconds if options.seconds else 0.0
    tally = Tally()
    gang = Gang(trial / "people.csv", Jobs(people, options.issues, until, time.time_ns()), tally)
    over, told = Event(), {"cut": 0}
    cutter = Thread(target=_cut, args=(over, options.cut, told))
    cutter.start()
    try:
        killed = gang.work(options.workers, options.kill)
    finally:
        over.set()
        cutter.join()
    seconds = time.monotonic() - started
    said = {
        "counts": dict(sorted(tally.counts.items())),
        "papers": len(tally.papers),
        "wrong_persons": tally.wrong,
        "duplicates": tally.duplicates,
        "seconds": round(seconds, 1),
        "papers_per_second": round(len(tally.papers) / seconds, 1),
        "workers_killed": killed,
        "connections_cut": told["cut"],
    }
    return said | _proven(people), [(town, request, number) for (town, request), number in tally.papers.items()]


def _approve(people: Directory) -> None:
    """An installation of an earlier run may have been made by another version of the program."""
    from yakuba.issuance import queries, services
    from yakuba.tenancy.acting import system

    for town in people.towns:
        standing, _, _ = queries.approval(system(town))
        if not standing.approved:
            services.approve(system(town), standing.digest, "測定")


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


def _kill(over: Event, every: float, told: dict[str, int]) -> None:
    random = Random(1)  # noqa: S311 - repeatable, not secret
    while every and not over.wait(every * (0.5 + random.random())):
        workers = list(servers())[1:]
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
        "papers": outcome.counts["papers"],
        "seconds": round(seconds, 1),
        "papers_per_second": round(outcome.counts["papers"] / seconds, 1),
        "workers_killed": told["killed"],
        "connections_cut": told["cut"],
    }


def _listed(people: Directory, outcome: Outcome, url: str, tls: ssl.SSLContext) -> dict[str, Any]:
    """Whether the centre's list and ours agree; results that never came are settled by it."""
    from django.utils import timezone

    from yakuba.issuance.kiosk.reconciling import reconcile
    from yakuba.site.startup import let_go
    from yakuba.tenancy.acting import system

    let_go()  # our own connections were cut too
    differences = end_of_day(outcome, Plan(url, 0, 1), tls, timezone.localdate())
    for town in people.towns:
        reconcile(system(town), timezone.localdate(), [])
    return {"list_differences": differences}


def _proven(people: Directory) -> dict[str, Any]:
    """What the ledger says, of all runs in this installation."""
    from yakuba.issuance import queries
    from yakuba.site.startup import let_go
    from yakuba.tenancy.acting import system

    let_go()
    return {
        "towns": len(people.towns),
        "ledger": sum(queries.ledger(system(town), queries.Filter())[1] for town in people.towns),
        "gaps": sum(sum(queries.gaps(system(town)).values()) for town in people.towns),
        "stopped": [town for town in people.towns if queries.stopped(town)],
    }


if __name__ == "__main__":
    main()
