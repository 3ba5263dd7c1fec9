"""Nightly work (日次処理): one file each, found by its name, done once a day by whichever worker comes first.

All of it may be done again: a worker that is killed in the middle leaves what is done, and the next one goes on.
"""

from __future__ import annotations

from functools import cache
from typing import Protocol, cast

from yakuba.kernel.discover import discover


class Chore(Protocol):
    """What every file here has. TITLE: its name for people."""

    TITLE: str

    def run(self) -> dict[str, int]:
        """Do it for the whole installation; gives what was done, in numbers."""


@cache
def chores() -> dict[str, Chore]:
    """All of it by name."""
    return {name: cast("Chore", module) for name, module in discover("yakuba.registry.jobs.chores").items()}
