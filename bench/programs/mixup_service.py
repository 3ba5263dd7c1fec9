"""The mix-up test of the issuing service itself: number, drawing, signing, last look, ledger; without TLS and menus.

Called by `bench.programs.kiosk_mixup --path service`. Worker processes with several threads each issue for people of
all towns; workers are killed, connections cut, requests repeated. What a killed worker had not answered is asked again.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from random import Random
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.issuance.kiosk.simulation.people import Directory, Person

KINDS = ("juminhyo", "kisai")
IN_FLIGHT = 6
"""Jobs that a worker has at one time."""
REPEATED, DELAY, WHOLE = 0.05, 0.02, 0.4
"""Shares of requests that are sent again after their answer, longest delay in seconds, share of whole households."""
Job = dict[str, Any]


@dataclass
class Tally:
    """What came of it. papers: number by (town, request); taken: request by (town, number)."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    papers: dict[tuple[str, str], str] = field(default_factory=dict)
    taken: dict[tuple[str, str], str] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def told(self, town: str, request: str, number: str) -> bool:
        """One answer; gives whether it is the first for this request."""
        first = self.papers.setdefault((town, request), number)
        by = self.taken.setdefault((town, number), request)
        if first != number or by != request:
            self.duplicates.append(f"{town} {number}")
        return first == number and by == request


class Jobs:
    """Hands out requests, takes back those that were not answered, and knows when it is enough."""

    def __init__(self, people: Directory, wanted: int, until: float, seed: int) -> None:
        self._people, self._wanted, self._until = people, wanted, until
        self._random, self._lock = Random(seed), Lock()  # noqa: S311 - repeatable, not secret
        self._back: deque[Job] = deque()
        self._homes: dict[tuple[str, str], list[Person]] = defaultdict(list)
        for one in people.people:
            self._homes[one.town, one.household].append(one)
        self._given = 0

    def next(self) -> Job | None:
        """The next job; None when there is nothing more to ask."""
        with self._lock:
            if self._back:
                return self._back.popleft()
            if self._given >= self._wanted or (self._until and time.monotonic() > self._until):
                return None
            self._given += 1
            return self._made()

    def back(self, job: Job) -> None:
        """To be asked again."""
        with self._lock:
            self._back.append(job)

    def enough(self) -> None:
        """One less than was thought: somebody who gets no paper at all."""
        with self._lock:
            self._wanted += 1

    def chance(self, share: float) -> bool:
        """Whether something happens."""
        with self._lock:
            return self._random.random() < share

    def _made(self) -> Job:
        person: Person = self._random.choice(self._people.people)
        home = self._homes[person.town, person.household]
        on_paper = home if self._random.random() < WHOLE else [person]
        return {
            "request": str(UUID(int=self._random.getrandbits(128), version=4)),
            "town": person.town,
            "kind": self._random.choice(KINDS),
            "subject": person.addressee,
            "members": [one.addressee for one in on_paper],
            "names": [one.name for one in on_paper],
            "family": [one.name for one in home],
            "delay": self._random.random() * DELAY,
        }


@dataclass
class Gang:
    """The workers. alive: by place; whoever has died is replaced while there is work."""

    people: Path
    jobs: Jobs
    tally: Tally
    alive: dict[int, subprocess.Popen[str]] = field(default_factory=dict)

    def work(self, workers: int, kill: float) -> int:
        """Until the jobs have run out; gives how many were killed, one about every `kill` seconds."""
        slots = [Thread(target=self._slot, args=(place,)) for place in range(workers)]
        for each in slots:
            each.start()
        killed, random, rest = 0, Random(3), Event()  # noqa: S311 - repeatable, not secret
        while any(one.is_alive() for one in slots):
            until = time.monotonic() + kill * (0.5 + random.random())
            while time.monotonic() < until and any(one.is_alive() for one in slots):
                rest.wait(0.2)
            chosen = self.alive.get(random.randrange(workers))
            if kill and chosen is not None and chosen.poll() is None and any(one.is_alive() for one in slots):
                chosen.kill()
                killed += 1
        for each in slots:
            each.join()
        return killed

    def _slot(self, place: int) -> None:
        """One worker, and whoever takes its place when it is killed."""
        program = [sys.executable, "-m", "bench.programs.mixup_worker", str(self.people)]
        while (job := self.jobs.next()) is not None:
            open_jobs: dict[str, Job] = {}
            try:
                with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as worker:
                    self.alive[place] = worker
                    try:
                        _conversation(worker, job, open_jobs, self.jobs, self.tally)
                    finally:
                        worker.kill()
            except (BrokenPipeError, ValueError):
                with self.tally.lock:
                    self.tally.counts["workers lost"] += 1
            for one in open_jobs.values():
                self.jobs.back(one)


def _conversation(
    worker: subprocess.Popen[str], first: Job, open_jobs: dict[str, Job], jobs: Jobs, tally: Tally
) -> None:
    """Keep the worker busy until it dies or nothing is left.

    Raises:
        BrokenPipeError, ValueError: it has died; the last line may be cut.
    """
    assert worker.stdin is not None
    assert worker.stdout is not None
    job: Job | None = first
    while True:
        while job is not None:
            open_jobs[job["request"]] = job
            worker.stdin.write(json.dumps(job) + "\n")
            job = jobs.next() if len(open_jobs) < IN_FLIGHT else None
        worker.stdin.flush()
        if not open_jobs:
            return
        line = worker.stdout.readline()
        if not line:
            raise BrokenPipeError
        said = json.loads(line)
        asked = open_jobs.pop(said["request"])
        _heard(asked, said, jobs, tally)
        job = jobs.next()


def _heard(job: Job, said: dict[str, Any], jobs: Jobs, tally: Tally) -> None:
    with tally.lock:
        if "again" in said:
            tally.counts[f"again {said['again']}"] += 1
            jobs.back(job)
        elif "number" not in said:
            tally.counts[f"refused {said.get('refused', 'alarm')}"] += 1
            if "alarm" in said:
                tally.wrong.append(f"{job['town']} alarm")
            jobs.enough()
        else:
            new = (job["town"], job["request"]) not in tally.papers
            tally.told(job["town"], job["request"], said["number"])
            tally.counts["papers" if new else "papers again"] += 1
            tally.counts["read by another library"] += said["read"] - 1
            if said["problems"]:
                tally.wrong.append(f"{job['town']} {said['number']}: {', '.join(said['problems'])}")
            if new and jobs.chance(REPEATED):
                jobs.back(job)
