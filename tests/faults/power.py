"""The power goes at a moment of a work, or the disk is full from a moment on; then the work is done again."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.faults.calls import FullDisk, Watcher, takes_space, watching
from tests.faults.disk import Disk
from tests.faults.table import WORKS, prepared
from tests.faults.town import says_what_to_do

from yakuba.kernel.errors import CannotContinueError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.calls import Call
    from tests.faults.town import Town
    from tests.faults.work import Work
    from tests.faults.world import World


@dataclass
class Losses:
    """What came of losing the power. worlds: different ones that were possible. ends: how those looked at ended."""

    work: str
    seed: int
    calls: int
    worlds: int
    ends: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        """One line for people."""
        ways = ", ".join(f"{count} {way}" for way, count in sorted(self.ends.items()))
        looked = f"{self.ends.total()} of {self.worlds} states around {self.calls} calls, seed {self.seed}"
        return f"power lost in {self.work:<10} {looked}: {ways}; 0 lost, 0 wrong"


def lose_power(work: str, most: int | None, seed: int, folder: Path) -> Losses:
    """Do a work once, and look at the states in which the power may have left the disk on the way.

    Args:
        most: so many states, drawn by chance; None = all.

    Raises:
        AssertionError: something was lost, wrong, or could not be done again.
    """
    chance = random.Random(seed)  # noqa: S311 - moments, no secrets
    base = prepared(work, folder)
    town = base.copy(folder / "watched")
    disk = Disk(town.disk, chance)
    with watching(town.disk, disk):
        WORKS[work].run(town)
    disk.end()
    worlds = disk.worlds
    losses = Losses(work, seed, len(disk.calls), len(worlds))
    for world in worlds if most is None or most >= len(worlds) else chance.sample(worlds, most):
        world.make(folder / "world")
        losses.ends[_end(WORKS[work], base.moved(folder / "world"), world)] += 1
        shutil.rmtree(folder / "world")
    return losses


def _end(work: Work, town: Town, world: World) -> str:
    where = f"{type(work).__name__}, {world.moment} calls made, {world.what}"
    work.unharmed(town)
    there = work.done(town)
    assert there or not world.ended, f"{where}: was said to be done, and was not"
    work.run(town)
    work.unharmed(town)
    assert work.done(town), f"{where}: was not done when it was done again"
    return "with the work done" if there else "with the work not done"


@dataclass
class Full:
    """What came of full disks. refused: works that could not go on and said what to do. done: those that could."""

    work: str
    refused: int = 0
    done: int = 0

    def __str__(self) -> str:
        """One line for people."""
        return (
            f"disk full at each call of {self.work:<10} {self.refused + self.done} times: {self.refused} refused with "
            f"a remedy, {self.done} did without; 0 lost, 0 wrong"
        )


def fill_disk(work: str, step: int, folder: Path) -> Full:
    """Do a work on a disk that is full from each call on in turn.

    Args:
        step: every how manieth call.

    Raises:
        AssertionError: something was lost, wrong, told without a remedy, or could not be done again.
    """
    base, full = prepared(work, folder), Full(work)
    counted, town = _Count(), base.copy(folder / "counted")
    with watching(town.disk, counted):
        WORKS[work].run(town)
    for number in range(0, counted.calls, step):
        town = base.copy(folder / f"full-{number}")
        try:
            with watching(town.disk, FullDisk(number)):
                WORKS[work].run(town)
            assert WORKS[work].done(town), f"{work}, disk full at call {number}: was said to be done, and was not"
            full.done += 1
        except CannotContinueError as error:
            says_what_to_do(error, f"{work}, call {number}")
            full.refused += 1
        WORKS[work].unharmed(town)
        WORKS[work].run(town)
        WORKS[work].unharmed(town)
        assert WORKS[work].done(town), f"{work}, disk full at call {number}: not done when there was space again"
    return full


class _Count(Watcher):
    """How many calls can be refused."""

    calls = 0

    def before(self, call: Call) -> None:
        """One more."""
        self.calls += takes_space(call)
