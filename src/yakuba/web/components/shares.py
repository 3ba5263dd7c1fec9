"""Shares (内訳): one bar whose parts add up to the whole, with the figures beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from yakuba.web.components._component import Component

WIDTH = 1000
_LEAST = 6


@dataclass(frozen=True)
class Shares(Component):
    """積み上げ一本棒. Every part that is not nothing is seen, however small.

    Attributes:
        title: of the whole. parts: name and number of each. unit: 行, 人 …
    """

    template: ClassVar[str] = "shares.html"
    title: str
    parts: tuple[tuple[str, int], ...]
    unit: str = ""
    width: ClassVar[int] = WIDTH

    @property
    def total(self) -> int:
        """The whole."""
        return sum(number for _, number in self.parts)

    @property
    def bars(self) -> list[tuple[str, str, int, float, float]]:
        """Name, printed number, pattern (1 …), left edge and width of each part that is not nothing."""
        widths = [max(_LEAST, number / self.total * WIDTH) if number else 0.0 for _, number in self.parts]
        scale = WIDTH / sum(widths) if any(widths) else 0.0
        bars, left = [], 0.0
        for place, ((name, number), width) in enumerate(zip(self.parts, widths, strict=True), 1):
            if number:
                bars.append((name, f"{number:,}", place, round(left, 1), round(width * scale, 1)))
            left += width * scale
        return bars

    @property
    def figures(self) -> list[tuple[str, str, str, int]]:
        """Name, number, percentage and pattern of every part; never 100 % for less than all."""
        return [
            (name, f"{number:,}", _percent(number, self.total), place)
            for place, (name, number) in enumerate(self.parts, 1)
        ]


def _percent(number: int, total: int) -> str:
    """A share as people write it.

    >>> _percent(1, 100000), _percent(99999, 100000), _percent(1, 4), _percent(0, 7)
    ('0.1%未満', '99.9%超', '25.0%', '0%')
    """
    if not number or number == total:
        return "100%" if number else "0%"
    share = 100 * number / total
    if share < 0.1:  # noqa: PLR2004 - the smallest share that is written as a figure
        return "0.1%未満"
    return "99.9%超" if share > 99.9 else f"{share:.1f}%"  # noqa: PLR2004 - and the largest
