"""kill -9 at random moments of a work; afterwards nothing may be lost, and doing it again ends it."""

from __future__ import annotations

import random
import shutil
import statistics
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.processes import Worker
from tests.faults.table import WORKS, prepared
from tests.faults.town import Town

_LONGER = 1.15
"""Kills come up to so much later than a work usually ends."""
_MEASURED, _AGAIN = 3, 10
"""So many measurements count; every so many kills there is a new one."""


@dataclass
class Kills:
    """What came of the kills of one work. `ends`: how many ended each way."""

    work: str
    seed: int
    ends: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        """One line for people."""
        ways = ", ".join(f"{count} {way}" for way, count in sorted(self.ends.items()))
        return f"kill -9 of {self.work:<11} {self.ends.total():4} times, seed {self.seed}: {ways}; 0 lost, 0 wrong"


def kill(work: str, times: int, seed: int, folder: Path) -> Kills:
    """Kill a work at random moments.

    Raises:
        AssertionError: something was lost, wrong, or could not be done again.
    """
    chance, kills = random.Random(seed), Kills(work, seed)  # noqa: S311 - moments, no secrets
    base = prepared(work, folder)
    usual = deque([_seconds(work, base, folder) for _ in range(_MEASURED)], _MEASURED)
    for number in range(1, times + 1):
        if number % _AGAIN == 0:  # others are at work on the machine, too
            usual.append(_seconds(work, base, folder))
        town = base.copy(folder / "killed")
        worker = Worker(do, work, str(town.fixed), str(town.disk))
        worker.go()
        done = worker.killed(chance.random() * statistics.median(usual) * _LONGER)
        kills.ends[_end(work, town, done=done)] += 1
        shutil.rmtree(town.disk)
    return kills


def do(work: str, fixed: str, disk: str) -> None:
    """A work, in its own process."""
    WORKS[work].run(Town(Path(fixed), Path(disk)))


def _seconds(work: str, base: Town, folder: Path) -> float:
    """How long it takes from its beginning to its end."""
    town = base.copy(folder / "whole")
    worker = Worker(do, work, str(town.fixed), str(town.disk))
    start = time.monotonic()
    worker.go()
    assert worker.end() == "", f"{work} cannot be done"
    seconds = time.monotonic() - start
    shutil.rmtree(town.disk)
    return seconds


def _end(work: str, town: Town, *, done: bool) -> str:
    """Look at what is there, do the work again, look again."""
    one = WORKS[work]
    one.unharmed(town)
    there = one.done(town)
    assert there or not done, f"{work} said that it was done, and was not"
    one.run(town)
    one.unharmed(town)
    assert one.done(town), f"{work} was not done when it was done again"
    return "after its end" if done else "killed with the work done" if there else "killed with the work not done"
