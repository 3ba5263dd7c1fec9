"""Nightly work (日次処理): one file each, found by its name, done once a day by whichever worker comes first.

All of it may be done again: a worker that is killed in the middle leaves what is done, and the next one goes on. An
app above this room has its own in a package `chores` beside its models.
"""

from __future__ import annotations

from functools import cache
from typing import Protocol, cast

from yakuba.registry.jobs.places import found


class Chore(Protocol):
    """What every file here has.

    Attributes:
        TITLE: its name for people. A file may also have EVERY, a timedelta: it is done so often instead of once a day.
    """

    TITLE: str

    def run(self) -> dict[str, int]:
        """Do it for the whole installation; gives what was done, in numbers."""


@cache
def chores() -> dict[str, Chore]:
    """All of it by name."""
    modules = found("yakuba.registry.jobs.chores", "chores")
    return {name: cast("Chore", module) for name, module in sorted(modules.items())}
