"""A run: many machines at once, each a thread, until so many visits are done or the time is over."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from threading import Lock
from typing import TYPE_CHECKING

from yakuba.issuance.kiosk.lists import write_list
from yakuba.issuance.kiosk.simulation.line import BrokenLineError, Line
from yakuba.issuance.kiosk.simulation.machine import OK, Clumsiness, Machine
from yakuba.issuance.kiosk.simulation.outcome import Outcome
from yakuba.kernel.errors import CannotContinueError

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable
    from datetime import date

    from yakuba.issuance.kiosk.simulation.people import Directory, Person


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done.

    Attributes:
        url: of the service. requests: visits. kiosks: machines at once. seed: makes a run repeatable in its choices.
        rate: visits begun per second by all machines together, 0 = as fast as they can. seconds: the longest, 0 = none.
    """

    url: str
    requests: int
    kiosks: int
    seed: int = 1
    rate: float = 0.0
    seconds: float = 0.0
    ways: Clumsiness = field(default_factory=Clumsiness)


class _Turns:
    """Hands out visits: who, and when."""

    def __init__(self, plan: Plan, people: Directory) -> None:
        self._plan, self._people = plan, people
        self._random, self._lock, self._given = Random(plan.seed), Lock(), 0  # noqa: S311 - repeatable, not secret
        self._start = time.monotonic()

    def next(self) -> tuple[int, Person, float] | None:
        """Number, person and moment of the next visit; None when enough is done."""
        with self._lock:
            late = self._plan.seconds and time.monotonic() - self._start > self._plan.seconds
            if self._given >= self._plan.requests or late:
                return None
            self._given += 1
            due = self._start + self._given / self._plan.rate if self._plan.rate else 0.0
            return self._given, self._random.choice(self._people.people), due


def simulate(
    plan: Plan,
    people: Directory,
    tls: ssl.SSLContext,
    progress: Callable[[int], None] = lambda _: None,
    into: Outcome | None = None,
) -> Outcome:
    """Let the machines go; every paper is read as it comes.

    Args:
        progress: told of every visit that has ended. into: the outcome of an earlier run, to go on with.
    """
    outcome, turns = into or Outcome(), _Turns(plan, people)

    def go(number: int) -> None:
        random = Random(f"{plan.seed}/{number}")  # noqa: S311 - as above
        line = Line(plan.url, tls)
        machine = Machine(f"K{number:04}", line, people, outcome, random, plan.ways)
        while turn := turns.next():
            _, person, due = turn
            time.sleep(max(0.0, due - time.monotonic()))
            machine.visit(person)
            progress(1)
        line.hang_up()

    with ThreadPoolExecutor(plan.kiosks) as pool:
        for ended in [pool.submit(go, number) for number in range(1, plan.kiosks + 1)]:
            ended.result()
    return outcome


def reach(plan: Plan, people: Directory, tls: ssl.SSLContext) -> None:
    """Somebody is there, and lets us in everywhere.

    Raises:
        CannotContinueError: nobody is, or we are not let in.
    """
    line = Line(plan.url, tls)
    for town in people.towns:
        try:
            answer = line.ask("GET", f"{town}/kinds")
        except BrokenLineError as error:
            raise CannotContinueError(
                f"{plan.url}: つながりません no answer ({error})", remedy="接続先と証明書を確かめてください"
            ) from error
        if answer.status != OK:
            raise CannotContinueError(
                f"{town}: この団体に入れません not let in ({answer.status})", remedy="yakuba kiosk centre"
            )
    line.hang_up()


def end_of_day(outcome: Outcome, plan: Plan, tls: ssl.SSLContext, day: date) -> int:
    """Send the centre's list of every town; gives how many papers there is no agreement on."""
    line, differences = Line(plan.url, tls), 0
    for town, listed in sorted(outcome.listed.items()):
        try:
            answer = line.ask("POST", f"{town}/days/{day.isoformat()}", {"csv": write_list(listed.values())})
        except BrokenLineError:
            outcome.fault("list of the day")
            continue
        if answer.status == OK:
            compared = answer.json()
            differences += sum(one["reception"].startswith(outcome.run) for one in compared["differences"])
            outcome.counts["settled"] += compared["settled"]
        else:
            outcome.fault(f"list of the day: {answer.status} {answer.json().get('detail', '')}")
    line.hang_up()
    return differences
