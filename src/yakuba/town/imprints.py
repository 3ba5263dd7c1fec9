"""Imprints (印影) of fictitious seals: rings with strokes that belong to nobody, made from the name of a file alone."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from yakuba.certificates.pictures import png

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PIXELS = 236
"""Across: 15 mm at the 400 dots per inch that the records say."""
_GRID, _STROKE, _EDGE, _RING = 6, 8, 3, 12
_REGISTERED = "2"
"""印鑑登録状態."""


def imprints(run: Path) -> Iterator[tuple[str, bytes]]:
    """File name and PNG of every seal in force of a run folder."""
    for path in sorted((run / "data").rglob("inkantorokugenpyo.parquet")):
        rows = pl.read_parquet(path, columns=["印影", "印鑑登録状態"]).filter(pl.col("印鑑登録状態") == _REGISTERED)
        for name in rows["印影"].unique(maintain_order=True):
            yield name, imprint(name)


def imprint(name: str) -> bytes:
    """A round seal: the ring, and strokes of a grid as the digest of the name says."""
    ring, inside = _round()
    bits = np.unpackbits(np.frombuffer(sha256(name.encode()).digest(), np.uint8))[: 2 * _GRID * _GRID]
    step = PIXELS // (_GRID + 2)
    strokes = np.zeros((PIXELS, PIXELS), bool)
    for place in np.flatnonzero(bits).tolist():
        row, column = divmod(place // 2, _GRID)
        top, left = step * (row + 1), step * (column + 1)
        down, across = (step + _STROKE, _STROKE) if place % 2 else (_STROKE, step + _STROKE)
        strokes[top : top + down, left : left + across] = True
    return png(ring | (strokes & inside))


@cache
def _round() -> tuple[np.ndarray, np.ndarray]:
    """The ring, and the room inside it."""
    y, x = np.mgrid[:PIXELS, :PIXELS] - (PIXELS - 1) / 2
    radius = np.hypot(x, y)
    outer = PIXELS / 2 - _EDGE
    return (radius < outer) & (radius > outer - _RING), radius < outer - 2 * _RING
