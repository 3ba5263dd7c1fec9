"""Drawing by weight from one `Random`: quick, and the same on every machine."""

from __future__ import annotations

from bisect import bisect
from csv import DictReader
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

T = TypeVar("T")
DATA = Path(__file__).resolve().parent / "data"


class Weighted(Generic[T]):
    """Values with weights; `draw` takes one in proportion to its weight."""

    def __init__(self, values: Sequence[T], weights: Sequence[float]) -> None:
        self._values = list(values)
        self._sums = list(accumulate(weights))

    def draw(self, rng: Random) -> T:
        """One value."""
        return self._values[bisect(self._sums, rng.random() * self._sums[-1])]


def table(*parts: str) -> list[dict[str, str]]:
    """Rows of a CSV below `town/data`."""
    with DATA.joinpath(*parts).open(encoding="utf-8", newline="") as file:
        return list(DictReader(file))


def between(rng: Random, first: int, last: int) -> int:
    """A whole number from `first` to `last`; `first` when the range is empty. Quicker than `randint`."""
    return first + int(rng.random() * (last - first + 1)) if last > first else first
