"""What the nearest characters say: is the glyph in MJ at all (該当なし), is the first one surely it (字形一致)?

Two logistic functions of how near the first candidate is and how near right ones are in this font, how near the others
are, and how near they would be if the first were right. Their weights and thresholds stand in judge.toml, learned by
tools/glyphs from fonts that the vectors had not been learned from; one set for outlines and fine scans, one for dots.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from yakuba.characters.glyphs.model import model_folder
from yakuba.characters.vendor import Likeness
from yakuba.kernel.errors import CannotContinueError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from numpy.typing import NDArray

SIGNS, AHEAD = 7, 5
"""How many signs there are; which of them says how far the first candidate is ahead of the second."""
KINDS = ("outline", "bitmap")
FINE_DOTS = 64
"""From this many dots to the em a picture is judged as an outline."""
_SAME_SHAPE = 0.9
"""Characters whose vectors are this near are two forms of one shape, and say nothing against each other."""
_PLAIN_CASE, _ENOUGH, _PART, _USUAL = 0.1, 20, 1 / 3, 0.9
"""How far ahead of all others a first candidate is in a plain case; how many of these, and what part of all glyphs,
tell a font's level; the level that is reckoned with where there are fewer."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Of one kind of picture.

    Attributes:
        inside: weights of the signs and a constant: is it in MJ. first: is the first candidate it, form and all.
        none: below this `inside` 該当なし is suggested. design: from this `first` on デザイン差.
        same, ahead: from this `first` on, and so far ahead of the second candidate, 字形一致.
    """

    inside: NDArray[np.float64]
    first: NDArray[np.float64]
    none: float
    same: float
    ahead: float
    design: float

    def suggestions(self, seen: NDArray[np.float64]) -> list[tuple[Likeness, float]]:
        """Suggestion and how sure it is, for rows of signs."""
        inside, first = (_chance(seen, weights) for weights in (self.inside, self.first))
        ahead = seen[:, AHEAD]
        return [self._suggestion(*three) for three in zip(inside.tolist(), first.tolist(), ahead.tolist(), strict=True)]

    def _suggestion(self, inside: float, first: float, ahead: float) -> tuple[Likeness, float]:
        if inside < self.none:
            return Likeness.NONE, 1 - inside
        if first >= self.same and ahead >= self.ahead:
            return Likeness.SAME, first
        return (Likeness.DESIGN if first >= self.design else Likeness.SIMILAR), first


def _chance(seen: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-np.clip(seen @ weights[:-1] + weights[-1], -50, 50))))


def signs(cosines: NDArray[np.float32], candidates: NDArray[np.float32]) -> NDArray[np.float64]:
    """What one glyph after the other shows, n × (SIGNS − 1); `levelled` adds what they show together.

    Args:
        cosines: of each glyph with its candidates, nearest first, n × k.
        candidates: their vectors, n × k × size.
    """
    between = np.einsum("nd,nkd->nk", candidates[:, 0], candidates)
    apart = between < _SAME_SHAPE
    other = np.where(apart.any(axis=1), apart.argmax(axis=1), cosines.shape[1] - 1)
    places = np.arange(len(cosines))
    first, second, others = cosines[:, 0], cosines[:, 1], cosines[places, other]
    expected = between[places, other]
    found = (first, first - others, np.log(np.maximum(1 - first, 1e-4)), expected, others - first * expected,
             np.minimum(first - second, 0.1))  # fmt: skip
    return np.stack(found, axis=1).astype(np.float64)


def levelled(seen: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """The signs of all glyphs of one font, with the level of that font as one more, n × SIGNS.

    How near a right character comes is above all a matter of the font: in another 明朝 0.95, in a ゴシック 0.85. It is
    read off the plain cases, those whose first candidate is far ahead.
    """
    together = np.concatenate(seen) if seen else np.zeros((0, SIGNS - 1))
    plain = together[together[:, 1] >= _PLAIN_CASE, 0]
    level = np.median(plain) if len(plain) >= max(_ENOUGH, _PART * len(together)) else _USUAL
    return np.column_stack([together, np.full(len(together), level)])


@cache
def judge() -> dict[str, Weights]:
    """The shipped weights by kind of picture, `outline` and `bitmap`.

    Raises:
        CannotContinueError: they are missing.
    """
    path = model_folder() / "judge.toml"
    try:
        kinds: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        return {name: _weights(kinds[name]) for name in KINDS}
    except (OSError, KeyError, ValueError) as error:
        remedy = "install Yakuba again, its catalog is not complete"
        raise CannotContinueError(f"{path}: the weights of the model are missing or broken", remedy=remedy) from error


def _weights(fields: dict[str, Any]) -> Weights:
    inside, first = (np.array(fields[name], np.float64) for name in ("inside", "first"))
    if inside.shape != (SIGNS + 1,) or first.shape != (SIGNS + 1,):
        raise ValueError("the number of weights")
    return Weights(inside, first, *(float(fields[name]) for name in ("none", "same", "ahead", "design")))


def kind(dots: int) -> str:
    """Which weights a glyph of so many dots (0 = outline) is judged by."""
    return KINDS[0 < dots < FINE_DOTS]
