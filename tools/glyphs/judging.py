"""Learns what judges: is a glyph in MJ, is the first candidate it. From fonts that the vectors were not learned from.

The fonts are parted in two. The vectors for each half are learned from the other half; a glyph of which the right
characters are hidden stands for one that is not in MJ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from tools.glyphs.fonts import TRAINING
from tools.glyphs.lesson import OWN, Lesson

from yakuba.characters.glyphs.judge import AHEAD, KINDS, SIGNS, levelled, signs

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tools.glyphs.lesson import Part

_LIKE_GAIJI = ("ume-tmo3", "ume-tgo4", "biz-mincho", "biz-gothic", "noto-sans", "sawarabi", "motoya")
"""Fonts in the typefaces of 外字 and drawn with care; handwriting and old types would make it too lenient."""
_EACH = 1200
"""Glyphs of a font in one manner."""
_CANDIDATES, _ROWS = 20, 256
_REJECTED = 0.015
"""Part of the glyphs in MJ that may be called 該当なし; the goal for unseen fonts is 0.02."""
_SAME, _DESIGN = 0.003, 0.02
"""Part of the suggestions 字形一致 and デザイン差 that may be wrong; the goal for 字形一致 is 0.005."""
_MARGIN = 0.03
"""How far the first candidate must be ahead of the second for 字形一致; forms a short stroke apart are nearer."""
_STRANGERS = 0.1
"""One glyph that is not in MJ for ten that are: what the thresholds reckon with."""
_STEPS, _RIDGE = 60, 1e-3


@dataclass
class Seen:
    """Signs of glyphs with the right character there, and hidden.

    `right`: whether the first candidate is it. `told`: whether that can be known; which of a code point's forms a font
    draws is known of IPAmj alone.
    """

    there: NDArray[np.float64]
    right: NDArray[np.bool_]
    told: NDArray[np.bool_]
    hidden: NDArray[np.float64]


def judged(lesson: Lesson) -> str:
    """The text of judge.toml."""
    random = np.random.default_rng(0)
    names = [*TRAINING]
    found: dict[str, list[Seen]] = {kind: [] for kind in KINDS}
    for half in (names[::2], names[1::2]):
        mean, matrix = lesson.learned(half)
        targets = lesson.vectors(lesson.targets, mean, matrix)
        for font in [*(name for name in half if name in _LIKE_GAIJI), OWN]:
            for part in lesson.parts[font]:
                chosen = random.permutation(np.flatnonzero(part.taken))[:_EACH]
                for kind, places in zip(KINDS, (part.dots[chosen] == 0, part.dots[chosen] > 0), strict=True):
                    if places.any():
                        vectors = lesson.vectors(part.features[chosen[places]], mean, matrix)
                        found[kind].append(_seen(lesson, part, chosen[places], vectors, targets, exact=font == OWN))
    return "\n".join(_section(kind, parts) for kind, parts in found.items())


def _seen(
    lesson: Lesson,
    part: Part,
    places: NDArray[np.int64],
    vectors: NDArray[np.float32],
    targets: NDArray[np.float32],
    *,
    exact: bool,
) -> Seen:
    there, right, told, hidden = [], [], [], []
    for start in range(0, len(places), _ROWS):
        rows = part.rows[places[start : start + _ROWS]]
        near = vectors[start : start + _ROWS] @ targets.T
        best = _nearest(near, _CANDIDATES)
        right.append(best[:, 0] == rows)
        kin = [first in lesson.mj.kin[row] for first, row in zip(best[:, 0].tolist(), rows.tolist(), strict=True)]
        told.append(right[-1] | ~np.array(kin) | exact)
        there.append(_signs(near, best, targets))
        for place, row in enumerate(rows.tolist()):
            near[place, sorted(lesson.mj.kin[row])] = -1
        hidden.append(_signs(near, _nearest(near, _CANDIDATES), targets))
    known = levelled(there)
    strangers = np.column_stack([np.concatenate(hidden), known[:, -1]])
    return Seen(known, np.concatenate(right), np.concatenate(told), strangers)


def _nearest(near: NDArray[np.float32], many: int) -> NDArray[np.int64]:
    """Places of the largest of each row, the largest first."""
    best = np.argpartition(-near, many, axis=1)[:, :many]
    order = np.argsort(-np.take_along_axis(near, best, axis=1), axis=1)
    return np.asarray(np.take_along_axis(best, order, axis=1), np.int64)


def _signs(near: NDArray[np.float32], best: NDArray[np.int64], targets: NDArray[np.float32]) -> NDArray[np.float64]:
    return signs(np.take_along_axis(near, best, axis=1), targets[best])


def _section(kind: str, parts: list[Seen]) -> str:
    there, right, told, hidden = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("there", "right", "told", "hidden")
    )
    inside = fitted(np.concatenate([there, hidden]), np.concatenate([np.ones(len(there)), np.zeros(len(hidden))]))
    none = float(np.quantile(_chance(there, inside), _REJECTED))
    known, wrong = there[told], ~right[told]
    first = fitted(np.concatenate([known, hidden]), np.concatenate([1.0 - wrong, np.zeros(len(hidden))]))
    both = np.concatenate([known, hidden])
    weight = np.concatenate([np.ones(len(known)), np.full(len(hidden), _STRANGERS * len(known) / len(hidden))])
    wrong = np.concatenate([wrong, np.ones(len(hidden), np.bool_)])
    chances, ahead = _chance(both, first), both[:, AHEAD] >= _MARGIN
    same = _threshold(chances[ahead], wrong[ahead], weight[ahead], _SAME)
    design = _threshold(chances, wrong, weight, _DESIGN)
    mine = _chance(there, first)
    share = np.mean((mine >= same) & (there[:, AHEAD] >= _MARGIN))
    print(f"{kind}: {np.mean(_chance(hidden, inside) < none):.3f} of the hidden rejected, 字形一致 for {share:.3f}")
    return "\n".join([
        f"[{kind}]",
        f"inside = [{', '.join(f'{weight:.4f}' for weight in inside)}]",
        f"first = [{', '.join(f'{weight:.4f}' for weight in first)}]",
        f"none = {none:.6f}", f"same = {same:.6f}", f"ahead = {_MARGIN}", f"design = {design:.6f}", "",
    ])  # fmt: skip


def _chance(seen: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-np.clip(seen @ weights[:-1] + weights[-1], -50, 50))))


def _threshold(
    chances: NDArray[np.float64], wrong: NDArray[np.bool_], weight: NDArray[np.float64], most: float
) -> float:
    """The lowest chance from which on at most this part is wrong."""
    order = np.argsort(-chances)
    part = np.cumsum((wrong * weight)[order]) / np.cumsum(weight[order])
    good = np.flatnonzero(part <= most)
    return float(chances[order][good[-1]]) if good.size else 1.0


def fitted(seen: NDArray[np.float64], answer: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights of a logistic regression and its constant, for signs as they are."""
    mean, spread = seen.mean(axis=0), seen.std(axis=0)
    signs_and_one = np.column_stack([(seen - mean) / spread, np.ones(len(seen))])
    weights = np.zeros(SIGNS + 1)
    for _ in range(_STEPS):  # Newton's method
        chance = 1 / (1 + np.exp(-np.clip(signs_and_one @ weights, -50, 50)))
        slope = signs_and_one.T @ (answer - chance) / len(seen) - _RIDGE * weights
        bend = (signs_and_one * (chance * (1 - chance))[:, None]).T @ signs_and_one / len(seen)
        weights += np.linalg.solve(bend + _RIDGE * np.eye(SIGNS + 1), slope)
    return np.append(weights[:-1] / spread, weights[-1] - (weights[:-1] * mean / spread).sum())
