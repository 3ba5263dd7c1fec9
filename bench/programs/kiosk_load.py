"""How quick a paper is: 50 machines that ask for 30 papers a second, on this machine, the machines themselves included.

    python -m bench.programs.kiosk_load [--papers 600] [--kiosks 50] [--rate 30]

Two figures: papers of visits that were paid before the clock started (the issue itself: from asking to holding the
paper), and whole visits as fast as the machine can. Every machine gets one paper first that counts nowhere, and hangs
up: the service has run since the morning, its keys and fonts are open. Processor time is told beside the clock: who
else is at work shows in the one and not in the other. A rate below 12 lets connections end (5 s) between two papers.
Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from bench.programs.kiosk_mixup import _addresses
from bench.programs.kiosk_spent import since, spent
from bench.programs.kiosk_town import furnish
from yakuba.issuance.kiosk.simulation.line import Line, context
from yakuba.issuance.kiosk.simulation.machine import CALM, OK
from yakuba.issuance.kiosk.simulation.people import read_people
from yakuba.issuance.kiosk.simulation.run import Plan, simulate

if TYPE_CHECKING:
    import ssl

    from yakuba.issuance.kiosk.simulation.people import Directory, Person

TARGET = 300.0
"""Milliseconds, p95 of an issue."""
_PREPARERS = 8


def main() -> None:
    """Make the towns, measure both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=600)
    parser.add_argument("--kiosks", type=int, default=50)
    parser.add_argument("--rate", type=float, default=30.0)
    parser.add_argument("--towns", type=int, default=4)
    options = parser.parse_args()
    os.environ |= {"YAKUBA_LOG_LEVEL": "ERROR", "YAKUBA_PROCESSES": "2", "YAKUBA_THREADS": "8"}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        trial = furnish(home, options.towns, 1000)
        print(json.dumps(_measured(home, trial, options)))


def _measured(home: Path, trial: Path, options: argparse.Namespace) -> dict[str, Any]:
    from yakuba.issuance.kiosk import administration
    from yakuba.site.kiosk.serving import Door, served
    from yakuba.tenancy.acting import system
    from yakuba.tenancy.database import embedded
    from yakuba.tenancy.database.ready import ready

    os.environ |= {"YAKUBA_HOME": str(home)} | dict(
        zip(("DATABASE_URL", "DATABASE_OWNER_URL"), _addresses(home), strict=True)
    )
    ready(home)
    people = read_people(trial / "people.csv")
    for town in people.towns:
        administration.configure(system(town), queue_limit=1000, step_seconds=3600)
    tls = context(trial / "centre.pem", trial / "centre.key", trial / "authority.pem")
    door = Door(trial / "server.pem", trial / "server.key", trial / "authority.pem")
    try:
        with served("127.0.0.1:0", door) as url:
            issues = _issues(url, people, tls, options, home)
            before = spent(home)
            visits = simulate(Plan(url, options.papers, options.kiosks, ways=CALM), people, tls)
            used = since(before, home, visits.counts["papers"])
    finally:
        embedded.stop(home)
    whole = sum(visits.whole) / options.kiosks
    return issues | {
        "visits": {
            "counts": dict(visits.counts),
            "papers_per_second": round(visits.counts["papers"] / whole, 1),
            "visit_ms": {"p50": visits.milliseconds(0.5, whole=True), "p95": visits.milliseconds(0.95, whole=True)},
            "processor_ms": used,
            "wrong_persons": len(visits.wrong),
        },
        "load_of_the_machine": os.getloadavg(),
        "target_ms": TARGET,
    }


def _issues(
    url: str, people: Directory, tls: ssl.SSLContext, options: argparse.Namespace, home: Path
) -> dict[str, Any]:
    """Papers that are paid for already, asked for at an even rate."""
    lines = [Line(url, tls) for _ in range(options.kiosks)]
    paid = _prepared(lines, people, options.papers + options.kiosks)

    def get(place: int) -> None:
        answer = lines[place].ask("POST", f"{paid.pop()}/document", {})
        assert answer.status == OK, answer

    with ThreadPoolExecutor(_PREPARERS) as pool:
        list(pool.map(get, range(options.kiosks)))
    for line in lines:
        line.hang_up()
    before = spent(home)
    start = time.monotonic() + 1.0

    def ask(number: int) -> float:
        due = start + number / options.rate
        time.sleep(max(0.0, due - time.monotonic()))
        get(number % options.kiosks)
        return float(time.monotonic() - due)

    def machine(own: int) -> list[float]:
        return [ask(number) for number in range(own, options.papers, options.kiosks)]

    with ThreadPoolExecutor(options.kiosks) as pool:
        times = sorted(one for each in pool.map(machine, range(options.kiosks)) for one in each)
    seconds = time.monotonic() - start
    for line in lines:
        line.hang_up()
    p50, p95 = (round(times[int(len(times) * share)] * 1000, 1) for share in (0.5, 0.95))
    return {"issues": {"papers": len(times), "asked_per_second": options.rate,
                       "papers_per_second": round(len(times) / seconds, 1), "p50_ms": p50, "p95_ms": p95,
                       "processor_ms": since(before, home, len(times))}}  # fmt: skip


def _prepared(lines: list[Line], people: Directory, wanted: int) -> list[str]:
    """So many sessions, and a few more, that wait for their papers."""
    random = Random(1)  # noqa: S311 - repeatable, not secret
    paid: list[str] = []
    with ThreadPoolExecutor(_PREPARERS) as pool:
        while len(paid) < wanted:
            some = [random.choice(people.people) for _ in range(_PREPARERS)]
            paid += [place for place in pool.map(_paid, lines, some) if place]
    return paid


def _paid(line: Line, person: Person) -> str:
    """A session that waits for its paper; "" for who gets none."""
    arrival = {"reception": uuid4().hex, "serial": person.serial, "machine": "K1", "company": "C1"}
    opened = line.ask("POST", f"{person.town}/sessions", arrival).json()
    if not opened.get("menu"):
        return ""
    place = f"{person.town}/sessions/{opened['session']}"
    chosen = line.ask("POST", f"{place}/selection", {"kind": opened["menu"][0]["kind"]}).json()
    paid = line.ask("POST", f"{place}/payment", {"amount": chosen["fee"]}).json() if chosen.get("fee") else {}
    return place if paid.get("state") == "PAID" else ""


if __name__ == "__main__":
    main()
