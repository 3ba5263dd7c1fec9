"""Charts (グラフ): drawn on the server as SVG, each with its table for those who do not see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from yakuba.web.components._component import Component

WIDTH = 640
_LEFT, _RIGHT, _LINE = 120, 60, 22


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values. label: its name. values: one per label of the chart."""

    label: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Bar:
    """A drawn bar: place, size, which series (1 …), what it says."""

    x: float
    y: float
    width: float
    height: float
    series: int
    text: str
    anchor: str = "start"

    @property
    def end(self) -> float:
        """Where the number stands: beyond the bar's end."""
        return self.x - 4 if self.anchor == "end" else self.x + self.width + 4

    @property
    def base(self) -> float:
        """Base line of the number."""
        return self.y + self.height - 4


@dataclass(frozen=True)
class _Chart(Component):
    """What all charts have.

    Attributes:
        title: of the figure. labels: names of the places along the axis. series: the values. unit: 人, 世帯 …
    """

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...] = field(default_factory=tuple)
    unit: str = ""

    width: ClassVar[int] = WIDTH

    @property
    def top(self) -> float:
        """The largest value, at least 1 so that nothing divides by 0."""
        return max([1.0, *(abs(value) for one in self.series for value in one.values)])

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """The same as a table: label and a printed value per series."""
        return [(label, [f"{one.values[place]:,g}" for one in self.series]) for place, label in enumerate(self.labels)]


@dataclass(frozen=True)
class Bars(_Chart):
    """横棒グラフ: one group of bars per label."""

    template: ClassVar[str] = "chart_bars.html"

    @property
    def height(self) -> int:
        """Of the drawing."""
        return len(self.labels) * self._step + 8

    @property
    def _step(self) -> int:
        return _LINE * max(1, len(self.series)) + 8

    @property
    def marks(self) -> list[tuple[str, float]]:
        """Labels with their vertical place."""
        return [(label, place * self._step + self._step / 2 + 4) for place, label in enumerate(self.labels)]

    @property
    def bars(self) -> list[_Bar]:
        """All bars."""
        room = WIDTH - _LEFT - _RIGHT
        bars = []
        for place in range(len(self.labels)):
            for number, one in enumerate(self.series):
                width = round(one.values[place] / self.top * room, 1)
                y = place * self._step + 6 + number * _LINE
                bars.append(_Bar(_LEFT, y, width, _LINE - 4, number + 1, f"{one.values[place]:,g}"))
        return bars


@dataclass(frozen=True)
class Pyramid(_Chart):
    """人口ピラミッド: two series, the first to the left; labels from the youngest, drawn from the bottom."""

    template: ClassVar[str] = "chart_pyramid.html"
    middle: ClassVar[int] = WIDTH // 2
    _step: ClassVar[int] = 20
    _gap: ClassVar[int] = 36

    @property
    def height(self) -> int:
        """Of the drawing."""
        return len(self.labels) * self._step + 8

    @property
    def marks(self) -> list[tuple[str, float]]:
        """Labels with their vertical place."""
        last = len(self.labels) - 1
        return [(label, (last - place) * self._step + 15) for place, label in enumerate(self.labels)]

    @property
    def bars(self) -> list[_Bar]:
        """All bars."""
        room, last = self.middle - self._gap - 50, len(self.labels) - 1
        bars = []
        for place in range(len(self.labels)):
            for number, one in enumerate(self.series):
                width = round(one.values[place] / self.top * room, 1)
                x = self.middle - self._gap - width if number == 0 else self.middle + self._gap
                text = f"{one.values[place]:,g}"
                anchor = "end" if number == 0 else "start"
                bars.append(_Bar(x, (last - place) * self._step + 3, width, self._step - 4, number + 1, text, anchor))
        return bars


@dataclass(frozen=True)
class Lines(_Chart):
    """折れ線グラフ: one line per series over the labels; each line also differs in its dashes."""

    template: ClassVar[str] = "chart_lines.html"
    height: ClassVar[int] = 260
    left: ClassVar[int] = 56
    floor: ClassVar[int] = 220

    def _x(self, place: int) -> float:
        steps = max(1, len(self.labels) - 1)
        return round(self.left + 16 + place * (WIDTH - self.left - 40) / steps, 1)

    def _y(self, value: float) -> float:
        return round(self.floor - value / self.top * (self.floor - 12), 1)

    @property
    def lines(self) -> list[tuple[int, str]]:
        """Series number and its points."""
        return [
            (number, " ".join(f"{self._x(place)},{self._y(value)}" for place, value in enumerate(one.values)))
            for number, one in enumerate(self.series, 1)
        ]

    @property
    def marks(self) -> list[tuple[str, float]]:
        """Labels with their horizontal place; of many only some, so that they do not overlap."""
        every = -(-len(self.labels) // 12)
        return [(label, self._x(place)) for place, label in enumerate(self.labels) if place % every == 0]

    @property
    def levels(self) -> list[tuple[str, float]]:
        """Values of the vertical axis with their place."""
        return [(f"{self.top * part / 4:,.0f}", self._y(self.top * part / 4)) for part in range(5)]
