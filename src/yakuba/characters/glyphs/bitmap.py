"""Pictures of ink: which dots belong together, what is a speck, whether two characters stand side by side.

Source: Otsu, A Threshold Selection Method from Gray-Level Histograms (1979); labelling of runs with union-find.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LEVELS = 256
_LEAST_CONTRAST = 48
"""Levels between mean paper and mean ink; a faint scan has 60 or more, an empty one is noise of 20 or fewer."""
_SPECK = 1 / 48
"""A speck is no wider and no higher than this part of the picture; the dot of 辻 is six times that."""
_BITMAP = 64
"""Up to this many dots a picture is a bitmap, whose single dots are strokes."""
_LONG = 1.6
_GAP_IN_ROW, _GAP_IN_GRID = 0.02, 0.12
_PART = 0.5
_CROSSED = 1.4


def otsu(gray: NDArray[np.uint8]) -> int | None:
    """The level up to which a dot is dark; None when all dots are about alike."""
    counts = np.bincount(gray.ravel(), minlength=_LEVELS).astype(np.float64)
    levels = np.arange(_LEVELS)
    below, sums = counts.cumsum(), (counts * levels).cumsum()
    above = below[-1] - below
    with np.errstate(divide="ignore", invalid="ignore"):
        dark, light = sums / below, (sums[-1] - sums) / above
        between = np.nan_to_num(below * above * (light - dark) ** 2)
    best = int(between.argmax())
    if not above[best] or light[best] - dark[best] < _LEAST_CONTRAST:
        return None
    return best


@dataclass(frozen=True, slots=True)
class Parts:
    """Connected parts of ink.

    Attributes:
        labels: height × width, 0 = paper, 1… = number of the part. boxes: a row per part: top, left, height, width.
    """

    labels: NDArray[np.int32]
    boxes: NDArray[np.int64]


def parts(ink: NDArray[np.bool_]) -> Parts:
    """Parts that touch at sides or corners."""
    rows, starts, ends = _runs(ink)
    parent = list(range(len(rows)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    bounds = np.searchsorted(rows, np.arange(ink.shape[0] + 1)).tolist()
    first, last = starts.tolist(), ends.tolist()
    for row in range(1, ink.shape[0]):
        above, here = bounds[row - 1], bounds[row]
        while above < bounds[row] and here < bounds[row + 1]:
            if first[here] <= last[above] and first[above] <= last[here]:  # ends are exclusive, so corners touch
                parent[root(here)] = root(above)
            if last[above] < last[here]:
                above += 1
            else:
                here += 1
    roots = np.array([root(at) for at in range(len(rows))], np.int64)
    _, number = np.unique(roots, return_inverse=True)
    return _painted(ink.shape, rows, starts, ends, number.astype(np.int64))


def _runs(ink: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Row, first column and column after the last of every run of ink, in reading order."""
    edges = np.diff(np.pad(ink, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    return rows, starts, np.nonzero(edges == -1)[1]


def _painted(
    shape: tuple[int, ...],
    rows: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    number: NDArray[np.int64],
) -> Parts:
    count = int(number.max()) + 1 if number.size else 0
    steps = np.zeros((shape[0], shape[1] + 1), np.int32)
    np.add.at(steps, (rows, starts), number + 1)
    np.add.at(steps, (rows, ends), -(number + 1))
    top, left = np.full(count, shape[0]), np.full(count, shape[1])
    bottom, right = np.zeros(count, np.int64), np.zeros(count, np.int64)
    for edge, values, chosen in ((top, rows, np.minimum), (left, starts, np.minimum)):
        chosen.at(edge, number, values)
    np.maximum.at(bottom, number, rows + 1)
    np.maximum.at(right, number, ends)
    return Parts(steps.cumsum(axis=1)[:, :-1].astype(np.int32), np.stack([top, left, bottom - top, right - left], 1))


def without_specks(ink: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], int]:
    """The picture without its specks, and how many there were. A bitmap is left as it is."""
    if max(ink.shape) <= _BITMAP:
        return ink, 0
    found = parts(ink)
    small = found.boxes[:, 2:].max(axis=1, initial=0) <= max(ink.shape) * _SPECK
    keep = np.concatenate([[False], ~small])
    return keep[found.labels], int(small.sum())


def is_several(ink: NDArray[np.bool_]) -> bool:
    """Whether a picture cropped to its ink shows characters side by side: in a row, in a column, or in a grid.

    Parts of one character also stand apart (川, 冫): only a long picture with a gap, or a square one with wide gaps
    both ways, counts, and only where each half has strokes of its own.
    """
    height, width = ink.shape
    side = max(height, width)
    across = _halves(ink, _GAP_IN_ROW * side) if width >= _LONG * height else None
    down = _halves(ink.T, _GAP_IN_ROW * side) if height >= _LONG * width else None
    if across or down:
        return all(_is_character(half, min(height, width)) for half in across or down or ())
    columns, rows = _halves(ink, _GAP_IN_GRID * side), _halves(ink.T, _GAP_IN_GRID * side)
    return bool(columns and rows) and all(
        _is_character(half, side * _PART * (1 - _GAP_IN_GRID)) for half in (*(columns or ()), *(rows or ()))
    )


def _halves(ink: NDArray[np.bool_], gap: float) -> tuple[NDArray[np.bool_], NDArray[np.bool_]] | None:
    """What lies left and right of the widest gap between columns; None when none is that wide."""
    filled = np.flatnonzero(ink.any(axis=0))
    gaps = np.diff(filled) - 1
    if not gaps.size or gaps.max() < max(gap, 1):
        return None
    cut = int(filled[int(gaps.argmax())]) + 1
    return ink[:, :cut], ink[:, cut:]


def _is_character(half: NDArray[np.bool_], side: float) -> bool:
    """Large enough, and a line across it meets ink more than once on the average."""
    rows, columns = np.flatnonzero(half.any(axis=1)), np.flatnonzero(half.any(axis=0))
    inside = half[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    if min(inside.shape) < _PART * side:
        return False
    met = [np.diff(np.pad(way, ((0, 0), (1, 0))).astype(np.int8), axis=1) == 1 for way in (inside, inside.T)]
    return max(float(way.sum(axis=1).mean()) for way in met) >= _CROSSED
