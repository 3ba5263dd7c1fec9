"""Two and more at work on one vault at the same moment: who loses is told what to do, and nothing is lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.faults.kills import do
from tests.faults.processes import Worker
from tests.faults.table import WORKS, prepared
from tests.faults.works import NEXT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.faults.town import Town


@dataclass
class Rivals:
    """What came of rounds. `ends`: of the works in them."""

    works: Sequence[str]
    rounds: int
    ends: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        """One line for people."""
        ways = ", ".join(f"{count} {way}" for way, count in sorted(self.ends.items()))
        return f"{' + '.join(self.works)} at once, {self.rounds} rounds: {ways}; 0 lost, 0 wrong"


def compete(works: Sequence[str], rounds: int, folder: Path) -> Rivals:
    """Let works begin at once on the vault of the first one; each from a machine of its own, with its own state.

    Raises:
        AssertionError: something is lost or wrong, or a loser is not told what to do.
    """
    base, rivals = prepared(works[0], folder), Rivals(works, rounds)
    for number in range(rounds):
        town = base.copy(folder / f"round-{number}")
        machines = [_machine(town, place) for place in range(len(works))]
        workers = [Worker(do, work, str(town.fixed), str(one.disk)) for work, one in zip(works, machines, strict=True)]
        for worker in workers:
            worker.go()
        said = [worker.end() for worker in workers]
        WORKS[works[0]].unharmed(town)
        ended = Counter(
            f"{work} {'told what to do' if text else 'done'}" for work, text in zip(works, said, strict=True)
        )
        assert town.prove().count(NEXT) == ended["backup done"], "a backup that was said to be done is not there"
        for work, text, one in zip(works, said, machines, strict=True):
            if text:
                WORKS[work].run(one)
                assert WORKS[work].done(one), f"{work} was not done when it was done again"
        WORKS[works[0]].unharmed(town)
        rivals.ends += ended
    return rivals


def _machine(town: Town, number: int) -> Town:
    """A disk of its own, and the same vault."""
    disk = town.disk.with_name(f"{town.disk.name}-machine-{number}")
    disk.mkdir()
    for name in ("vault", "second"):
        (town.disk / name).mkdir(exist_ok=True)
        (disk / name).symlink_to(town.disk / name)
    return town.moved(disk)
