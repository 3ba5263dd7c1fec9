"""The digest of an outline (字形の指紋): one name for one shape, in whatever font file it stands.

Vendors copy the same outlines into the fonts of many towns, at other codes, in other orders, through other tools. The
digest is defined on the contours alone, so it depends on no program that draws them:

1. Every point of every contour (composite glyphs resolved) is x · 1000 / em, y · 1000 / em, each ⌊v + ½⌋, and its kind:
   1 = on the curve, 0 = control point of a second-order curve, 2 = of a third-order curve.
2. Left out, as they change nothing: a point equal to the one before it in place and kind; a point on the curve that
   lies half-way between two second-order control points to within 1 of those thousandths on each axis (TrueType may
   leave it implied); contours of fewer than three points.
3. The smallest x and the smallest y of all points left become 0.
4. A contour begins with that point from which its list of (x, y, kind) is smallest; the contours stand in the order of
   these lists. That is done once as the contours run and once with every contour reversed, and the smaller list of
   contours is taken: TrueType and PostScript run them in opposite directions.
5. The text `x,y,kind` with spaces between points and `;` between contours, in ASCII, is hashed with SHA-256.

Where in the em a shape stands is no part of it, so ￣ and ＿ are one shape. In IPAmj明朝 and 花園明朝 together, 109,000
glyphs, no two share a digest that look different beside one another.

A font scaled from 1,000 units to any finer em, or by a whole number, keeps its digests. One scaled between two other
sizes (2,048 → 1,024, where halves are rounded) may get new ones: the shapes are then new, by up to a thousandth.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

GRID = 1000
"""Units to the em of the digest."""
ON, CONIC, CUBIC = 1, 0, 2
_IMPLIED = 2
"""Twice the distance at which a point counts as half-way."""
_LEAST = 3

Point = tuple[int, int, int]
Contour = list[Point]


@dataclass(frozen=True, slots=True)
class Outline:
    """Contours in font units.

    Attributes:
        contours: points (x, y, kind) of each, see the module. units: font units to the em, above 0.
    """

    contours: Sequence[Sequence[Point]]
    units: int

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Smallest and largest x, smallest and largest y of all points; zeros when there are none."""
        points = [point for contour in self.contours for point in contour]
        if not points:
            return 0, 0, 0, 0
        across, up = [x for x, _, _ in points], [y for _, y, _ in points]
        return min(across), max(across), min(up), max(up)


def outline_digest(outline: Outline) -> str:
    """`outline:` + the SHA-256 that the module defines; "" when no contour is left."""
    contours = [kept for contour in outline.contours if len(kept := _tidied(contour, outline.units)) >= _LEAST]
    if not contours:
        return ""
    left = min(x for contour in contours for x, _, _ in contour)
    foot = min(y for contour in contours for _, y, _ in contour)
    moved = [[(x - left, y - foot, kind) for x, y, kind in contour] for contour in contours]
    chosen = min(sorted(map(_begun, moved)), sorted(_begun(contour[::-1]) for contour in moved))
    text = ";".join(" ".join(f"{x},{y},{kind}" for x, y, kind in contour) for contour in chosen)
    return f"outline:{sha256(text.encode('ascii')).hexdigest()}"


def _tidied(contour: Sequence[Point], units: int) -> Contour:
    """Steps 1 and 2."""
    points = [
        ((2 * GRID * x + units) // (2 * units), (2 * GRID * y + units) // (2 * units), kind) for x, y, kind in contour
    ]
    points = [point for place, point in enumerate(points) if point != points[place - 1] or len(points) == 1]
    return [
        point
        for place, point in enumerate(points)
        if not _is_implied(points[place - 1], point, points[(place + 1) % len(points)])
    ]


def _is_implied(before: Point, point: Point, after: Point) -> bool:
    return (
        (before[2], point[2], after[2]) == (CONIC, ON, CONIC)
        and abs(before[0] + after[0] - 2 * point[0]) <= _IMPLIED
        and abs(before[1] + after[1] - 2 * point[1]) <= _IMPLIED
    )


def _begun(contour: Contour) -> Contour:
    """The contour from its smallest beginning."""
    least = min(contour)
    starts = [place for place, point in enumerate(contour) if point == least]
    return min(contour[start:] + contour[:start] for start in starts)
