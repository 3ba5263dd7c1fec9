"""A work that is broken off: prepared once, done in a copy, broken off there, looked at, and done again."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.faults.town import Town


class Work(ABC):
    """A work on a vault."""

    days: tuple[int, ...]
    """That can be restored before it, while it is broken off, and after it."""

    @abstractmethod
    def prepare(self, town: Town) -> None:
        """What is there before it, in a new place."""

    @abstractmethod
    def run(self, town: Town) -> None:
        """The work; also what goes on after it was broken off."""

    @abstractmethod
    def done(self, town: Town) -> bool:
        """Whether what it is for is there."""

    def unharmed(self, town: Town) -> None:
        """Raises AssertionError when something that was safe before the work is lost or wrong."""
        there = town.prove()
        assert set(self.days) <= set(there), f"days {there} are left of {self.days}"
