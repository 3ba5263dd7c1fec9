"""Fitting (文字溢れ): which size and which line ends a text needs in its cell, from the widths of the glyphs.

The font is made smaller step by step; what does not fit at the smallest size is a finding, never a cut. The engine that
draws gets finished lines and breaks none itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from yakuba.certificates.font import face
from yakuba.certificates.glyphs import drawn_as
from yakuba.characters.lengths import perceived_characters

POINT = 25.4 / 72
"""Millimetres of a point."""
LEADING = 1.15
"""Distance of lines in ems."""
PAD_X, PAD_Y = 0.9, 0.3
"""Millimetres kept free inside a cell, on each side."""
_SLACK = 0.02
"""Millimetres for rounding."""
_NOT_FIRST = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々ー）」』】］｝〕〉》’”ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
_NOT_LAST = frozenset("（「『【［｛〔〈《‘“")


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text with its size in points and its lines."""

    size: float
    lines: tuple[str, ...]


def width(text: str) -> float:
    """Width of a text in ems."""
    return sum(_advance(cluster) for cluster in perceived_characters(text))


@lru_cache(maxsize=65536)
def _advance(cluster: str) -> float:
    font = face()
    glyph = font.glyph(cluster)
    if glyph is None:
        glyph = font.glyph(drawn_as(cluster))
    return float(font.advances[glyph or 0]) / font.units


@lru_cache(maxsize=8192)
def fit(text: str, millimetres: float, height: float, sizes: tuple[float, ...], most: int = 0) -> Fitted | None:
    """The largest size at which a text fits a cell; None when it fits at none.

    Args:
        text: lines that must stay apart are separated by line feeds.
        millimetres, height: outer size of the cell. sizes: points, largest first.
        most: most lines; 0 = as many as there is room for.
    """
    room = height - 2 * PAD_Y + _SLACK
    for size in sizes:
        em = size * POINT
        fitting = int((room / em - 1) / LEADING) + 1 if room >= em else 0
        if fitting < 1:
            continue
        lines = broken(text, (millimetres - 2 * PAD_X + _SLACK) / em)
        if lines is not None and len(lines) <= min(fitting, most or fitting):
            return Fitted(size, lines)
    return None


def broken(text: str, ems: float) -> tuple[str, ...] | None:
    """Lines of at most `ems`; None when one character alone is wider."""
    found: list[str] = []
    for given in text.split("\n"):
        lines = _lines(given, ems)
        if lines is None:
            return None
        found += lines
    return tuple(found)


def _lines(text: str, ems: float) -> list[str] | None:
    lines: list[str] = []
    current: list[str] = []
    used = 0.0
    for cluster in perceived_characters(text):
        step = _advance(cluster)
        if step > ems:
            return None
        if used + step > ems:
            carried = _carried(current, cluster)
            used = sum(_advance(one) for one in carried)
            if used + step > ems:
                carried, used = [], 0.0
            lines.append("".join(current[: len(current) - len(carried)]))
            current = carried
        current.append(cluster)
        used += step
    return [*lines, "".join(current)]


def _carried(line: list[str], following: str) -> list[str]:
    """What goes to the next line together with `following`, so that no line begins or ends badly."""
    take = 0
    first = following
    while take < len(line) - 1 and (first in _NOT_FIRST or line[-1 - take] in _NOT_LAST):
        take += 1
        first = line[-take]
    return line[len(line) - take :]
