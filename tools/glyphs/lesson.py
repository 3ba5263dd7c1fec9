"""All that is learned from, as features: the targets, and each font plain and in other manners."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from tools.glyphs.fonts import IPAMJ, TRAINING, Drawer
from tools.glyphs.learn import Features, Scatter, named_by, projection, unit
from tools.glyphs.samples import drawn, manners, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from tools.glyphs.samples import Mj

SIZE = 256
"""Length of a vector."""
_ROUNDS = 2
_STRANGE = 0.6
"""Below this cosine a font shows something else than the character; such glyphs teach nothing."""
_BLOCK = 2048
OWN = "ipamj"


@dataclass
class Part:
    """Glyphs of one font in one manner.

    Attributes:
        rows: what they show. features: half precision. dots: of each, 0 = grey. taken: whether they teach.
    """

    rows: NDArray[np.int64]
    features: NDArray[np.float16]
    dots: NDArray[np.int64]
    taken: NDArray[np.bool_]


class Lesson:
    """Everything, drawn and turned to features at once. `parts`: by font, plain before changed."""

    def __init__(self, mj: Mj, seed: int) -> None:
        self.mj = mj
        features = Features()
        rows = np.arange(len(mj.entries))
        self.targets = features(mj.pictures(rows.tolist())).astype(np.float16)
        self.parts: dict[str, list[Part]] = {}
        for place, (name, font) in enumerate(TRAINING.items()):
            random = np.random.default_rng([seed, place])
            some = shown(font, mj)
            self.parts[name] = [
                _part(features, some.drawer, some.glyphs, some.rows, None),
                _part(features, some.drawer, some.glyphs, some.rows, random),
            ]
        glyphs = np.array([entry.glyph for entry in mj.entries])
        self.parts[OWN] = [_part(features, Drawer(IPAMJ), glyphs, rows, np.random.default_rng([seed, len(TRAINING)]))]

    def name(self) -> None:
        """Find out which of a code point's shapes each glyph of the other fonts has, and which shows none of them."""
        for _ in range(_ROUNDS):
            mean, matrix = self.learned()
            targets = self.vectors(self.targets, mean, matrix)
            for font, (plain, *others) in self.parts.items():
                if font == OWN:
                    continue
                vectors = self.vectors(plain.features, mean, matrix)
                rows = named_by(vectors, plain.rows, targets, self.mj.kin)
                taken = np.einsum("nd,nd->n", vectors, targets[rows]) >= _STRANGE
                for part in (plain, *others):
                    part.rows, part.taken = rows, taken

    def learned(self, without: Iterable[str] = ()) -> tuple[NDArray[np.float32], NDArray[np.float16]]:
        """Mean and projection, from all fonts or without some."""
        left = set(without)
        found = Scatter()
        for font, parts in self.parts.items():
            for part in parts if font not in left else ():
                places = np.flatnonzero(part.taken)
                for start in range(0, len(places), _BLOCK):
                    some = places[start : start + _BLOCK]
                    targets = self.targets[part.rows[some]].astype(np.float32)
                    found.add(part.features[some].astype(np.float32) - targets)
        return projection(found.sums / found.count, self.targets, SIZE)

    @staticmethod
    def vectors(
        features: NDArray[np.float16], mean: NDArray[np.float32], matrix: NDArray[np.float16]
    ) -> NDArray[np.float32]:
        """Features through a projection."""
        wide = matrix.astype(np.float32)
        found = [
            unit(np.asarray((features[start : start + _BLOCK].astype(np.float32) - mean) @ wide, np.float32))
            for start in range(0, len(features), _BLOCK)
        ]
        return np.concatenate(found)


def _part(
    features: Features,
    drawer: Drawer,
    glyphs: NDArray[np.int64],
    rows: NDArray[np.int64],
    random: np.random.Generator | None,
) -> Part:
    ways = manners(len(glyphs), random) if random else None
    found = [
        features(drawn(drawer, glyphs[start : start + _BLOCK].tolist(), ways[start : start + _BLOCK] if ways else None))
        for start in range(0, len(glyphs), _BLOCK)
    ]
    dots = np.array([way.dots for way in ways] if ways else np.zeros(len(glyphs)), np.int64)
    return Part(rows, np.concatenate(found).astype(np.float16), dots, np.ones(len(glyphs), np.bool_))
