"""Learns the projection: directions in which fonts differ count little, those in which characters differ count much.

Linear discriminant analysis with one target for each character, its glyph in IPAmj: the scatter within is that of
(glyph of another font, or in another manner) − target, the scatter between is that of all targets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
from tools.glyphs.cells import FEATURES

from yakuba.characters.glyphs.shape import squares

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

_AT_ONCE = 32
_SHRINK = 0.5
"""Part of the mean variance added to every direction of the scatter within: with less, small differences of style that
the learned fonts happen not to have outweigh what tells two forms apart in a font not seen."""


class Features:
    """The features before the projection."""

    def __init__(self) -> None:
        from tools.glyphs.graph import made  # needs onnx, which only the making of a model does

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._run = onnxruntime.InferenceSession(
            made().SerializeToString(), options, providers=["CPUExecutionProvider"]
        ).run

    def __call__(self, pictures: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """Features of pictures, n × 512."""
        found = np.empty((len(pictures), FEATURES), np.float32)
        for start in range(0, len(pictures), _AT_ONCE):
            some = squares(pictures[start : start + _AT_ONCE])
            found[start : start + _AT_ONCE] = self._run(["vectors"], {"pictures": some})[0]
        return found


class Scatter:
    """Outer products of differences, added up. `sums`: their sum. `count`: how many."""

    def __init__(self, size: int = FEATURES) -> None:
        self.sums = np.zeros((size, size))
        self.count = 0

    def add(self, differences: NDArray[np.float32]) -> None:
        """Count more."""
        self.sums += differences.T @ differences
        self.count += len(differences)


def projection(
    within: NDArray[np.float64], targets: NDArray[np.float16], size: int
) -> tuple[NDArray[np.float32], NDArray[np.float16]]:
    """Mean of the targets, and the projection to `size` directions."""
    mean = targets.mean(axis=0, dtype=np.float64).astype(np.float32)
    between = Scatter(len(mean))
    for some in blocks(targets):
        between.add(some.astype(np.float32) - mean)
    variances, directions = np.linalg.eigh(within)
    variances = np.maximum(variances, 0) + _SHRINK * variances.mean()
    white = directions / np.sqrt(variances)
    _, turned = np.linalg.eigh(white.T @ (between.sums / between.count) @ white)
    chosen = white @ turned[:, ::-1][:, :size]
    return mean, (chosen / np.abs(chosen).max()).astype(np.float16)


def blocks(rows: NDArray[np.float16], size: int = 4096) -> Iterator[NDArray[np.float16]]:
    """Rows in blocks."""
    return (rows[start : start + size] for start in range(0, len(rows), size))


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors of length one."""
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6), np.float32)


def named_by(
    vectors: NDArray[np.float32], rows: NDArray[np.int64], targets: NDArray[np.float32], kin: Sequence[Iterable[int]]
) -> NDArray[np.int64]:
    """The rows again, each as that one of the same code point whose shape the glyph has.

    A font draws for a code point whichever of its shapes it likes (塚 with the dot or without); what it really drew is
    the nearest of them, where one is clearly nearer than the one that IPAmj draws.
    """
    found = rows.copy()
    for place, row in enumerate(rows.tolist()):
        others = sorted(kin[row])
        if len(others) > 1:
            near = targets[others] @ vectors[place]
            if near.max() > near[others.index(row)] + _CLEARLY:
                found[place] = others[int(near.argmax())]
    return found


_CLEARLY = 0.01
