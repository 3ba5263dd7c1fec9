"""Charts as inline SVG: readable in black and white, with the figures written beside them, no script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.migration.report.markup import Markup, join, tag

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 1000
_ROW = 38
_LETTER = 17
_LABEL = (150, 380)
_FIGURE = 200


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a bar: what it is called, how much it is, and its colour class (`s-…` in report.css)."""

    label: str
    value: int
    colour: str


def percent(value: int, whole: int) -> str:
    """A share as people write it: never "0%" for something, never "100%" for less than all.

    >>> percent(1, 100000), percent(99999, 100000), percent(1, 4), percent(0, 7)
    ('0.1%未満', '99.9%超', '25.0%', '0%')
    """
    if not whole or not value:
        return "0%"
    if value == whole:
        return "100%"
    share = 100 * value / whole
    if share < 0.1:  # noqa: PLR2004 - the smallest share that is written as a figure
        return "0.1%未満"
    return "99.9%超" if share > 99.9 else f"{share:.1f}%"  # noqa: PLR2004 - and the largest


def stacked(shares: Sequence[Share], title: str) -> Markup:
    """One bar of all shares in a row; every share that is not nothing is at least visible."""
    widths = _widths([share.value for share in shares], WIDTH)
    parts, at = [], 0.0
    for share, width in zip(shares, widths, strict=True):
        if width:
            shown = tag("title", f"{share.label} {share.value:,}")
            parts.append(tag("rect", shown, x=round(at, 1), y=0, width=round(width, 1), height=28, class_=share.colour))
        at += width
    return tag(
        "svg", tag("title", title), *parts, viewBox=f"0 0 {WIDTH} 28", class_="bar", role="img",
        preserveAspectRatio="none", aria_label=title,
    )  # fmt: skip


def _widths(values: Sequence[int], room: int) -> list[float]:
    """Widths in proportion, but at least 4 for what is there; the largest one gives."""
    total = sum(values)
    if not total:
        return [0.0 for _ in values]
    widths = [max(room * value / total, 4.0) if value else 0.0 for value in values]
    largest = widths.index(max(widths))
    widths[largest] -= sum(widths) - room
    return widths


def legend(shares: Sequence[Share], whole: int) -> Markup:
    """Names, figures and percentages of the shares of a bar."""
    return tag(
        "ul",
        join(
            tag("li", tag("i", class_=share.colour), share.label, " ", tag("b", share.value),
                tag("small", f"（{percent(share.value, whole)}）"))
            for share in shares
        ),
        class_="legend",
    )  # fmt: skip


def bars(rows: Sequence[tuple[str, Sequence[Share]]], title: str) -> Markup:
    """Horizontal bars, one per row, all on one scale, with the label before and the figures behind."""
    largest = max((sum(share.value for share in shares) for _, shares in rows), default=0) or 1
    longest = max((len(label) for label, _ in rows), default=0)
    left = min(max(longest * _LETTER + 12, _LABEL[0]), _LABEL[1])
    room = WIDTH - left - _FIGURE
    drawn = []
    for number, (label, shares) in enumerate(rows):
        top, at = number * _ROW, float(left)
        drawn.append(tag("text", label, x=left - 12, y=top + 25, text_anchor="end"))
        for share in shares:
            width = max(room * share.value / largest, 3.0) if share.value else 0.0
            if width:
                drawn.append(
                    tag("rect", x=round(at, 1), y=top + 8, width=round(width, 1), height=22, class_=share.colour)
                )
            at += width
        figures = "　".join(f"{share.label} {share.value:,}" for share in shares if share.value)
        drawn.append(tag("text", figures, x=round(at + 10, 1), y=top + 25, class_="figure"))
    height = len(rows) * _ROW + 4
    return tag(
        "svg", tag("title", title), *drawn, viewBox=f"0 0 {WIDTH} {height}", class_="bars", role="img", aria_label=title
    )
