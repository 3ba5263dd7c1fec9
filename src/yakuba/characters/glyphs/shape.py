"""A picture brought to the square that the model sees: 64 × 64, the ink's longer side always 58 dots.

The shorter side grows with the square root of sin(½π · ratio): 一 stays flat and 日 narrow, while a glyph that one font
draws a little narrower comes to the same square. Source: Liu, Nakashima, Sako, Fujisawa (2004), aspect mapping R7.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SIDE = 64
_INK = 58
_CACHED = 160
"""Pictures up to this many dots come by the thousand and in few sizes."""


def square(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A picture that is cropped to its ink (0 paper … 255 ink, at least 1 × 1) as 64 × 64."""
    high, wide = picture.shape
    shorter = max(1, round(_INK * math.sqrt(math.sin(math.pi / 2 * min(high, wide) / max(high, wide)))))
    new_high, new_wide = (shorter, _INK) if wide >= high else (_INK, shorter)
    drawn = _weights(high, new_high) @ picture.astype(np.float32) @ _weights(wide, new_wide).T
    return np.asarray(np.minimum(drawn + 0.5, 255), np.uint8)


def squares(pictures: Sequence[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    """Many at once, n × 64 × 64."""
    return np.stack([square(picture) for picture in pictures]) if pictures else np.zeros((0, SIDE, SIDE), np.uint8)


def _weights(dots: int, length: int) -> NDArray[np.float32]:
    return _cached(dots, length) if dots <= _CACHED else _resampling(dots, length)


def _resampling(dots: int, length: int) -> NDArray[np.float32]:
    """What each of 64 dots takes from each of `dots`, which are to lie on the `length` in the middle.

    A triangle as wide as two dots of the coarser side, so that large pictures are averaged and the steps of small ones
    rounded off; beyond the edge there is paper.
    """
    step = dots / length
    reach = max(step, 1.0)
    centres = (np.arange(SIDE) + 0.5 - (SIDE - length) / 2) * step
    around = math.ceil(reach)
    places = np.arange(-around, dots + around) + 0.5
    weights = np.maximum(0, 1 - np.abs(places - centres[:, None]) / reach)
    sums = weights.sum(axis=1, keepdims=True)
    inside = weights[:, around : around + dots]
    return np.asarray(np.divide(inside, sums, out=np.zeros_like(inside), where=sums > 0), np.float32)


_cached = lru_cache(maxsize=4096)(_resampling)
