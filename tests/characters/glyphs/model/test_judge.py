from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np
import pytest

from yakuba.characters.glyphs import judge as module
from yakuba.characters.glyphs.judge import AHEAD, KINDS, SIGNS, Weights, judge, kind, levelled, signs
from yakuba.characters.glyphs.model import model_folder
from yakuba.characters.vendor import Likeness
from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.source import read_source

if TYPE_CHECKING:
    from pathlib import Path


def _near(cosines: list[float], between: list[float]) -> np.ndarray:
    """Signs of a glyph with these cosines, whose candidates have these cosines with the first of them."""
    vectors = np.array([[value, (1 - value**2) ** 0.5] for value in between], np.float32)
    return signs(np.array([cosines], np.float32), vectors[None])


@pytest.mark.parametrize("name", KINDS)
def test_the_nearer_and_the_lonelier_the_surer(name: str) -> None:
    plain = _near([0.97, 0.78, 0.7], [1.0, 0.8, 0.7])
    doubtful = _near([0.80, 0.78, 0.7], [1.0, 0.8, 0.7])
    seen = levelled([plain, doubtful])
    (good, sure), (poor, other) = judge()[name].suggestions(seen)
    assert (good, poor) == (Likeness.SAME, Likeness.NONE)
    assert sure > 0.9
    assert 0 <= other <= 1


def test_a_second_form_just_behind_makes_it_no_same() -> None:
    seen = levelled([_near([0.97, 0.965, 0.7], [1.0, 0.99, 0.7])])
    assert judge()["outline"].suggestions(seen)[0][0] is not Likeness.SAME


def test_the_thresholds_are_kept() -> None:
    weights = Weights(np.zeros(SIGNS + 1), np.zeros(SIGNS + 1), none=0.4, same=0.5, ahead=0.03, design=0.5)
    ahead, behind = np.zeros((2, SIGNS))
    ahead[AHEAD] = 0.03
    assert [said for said, _ in weights.suggestions(np.array([ahead, behind]))] == [Likeness.SAME, Likeness.DESIGN]
    weights = Weights(np.zeros(SIGNS + 1), np.zeros(SIGNS + 1), none=0.4, same=0.6, ahead=0.03, design=0.6)
    assert weights.suggestions(ahead[None])[0][0] is Likeness.SIMILAR
    weights = Weights(np.zeros(SIGNS + 1), np.zeros(SIGNS + 1), none=0.6, same=0.5, ahead=0.03, design=0.5)
    assert weights.suggestions(ahead[None]) == [(Likeness.NONE, 0.5)]


def test_the_level_is_read_off_plain_cases_where_there_are_enough() -> None:
    plain = _near([0.85, 0.6, 0.5], [1.0, 0.7, 0.6])
    few, many = levelled([plain] * 5), levelled([plain] * 40)
    assert few[0, -1] == pytest.approx(0.9)
    assert many[0, -1] == pytest.approx(0.85)
    strange = _near([0.6, 0.59, 0.58], [1.0, 0.7, 0.6])
    assert levelled([plain] * 30 + [strange] * 300)[0, -1] == pytest.approx(0.9)
    assert levelled([]).shape == (0, SIGNS)


def test_dots_are_judged_by_their_own_weights() -> None:
    assert [kind(dots) for dots in (0, 24, 48, 63, 64, 400)] == ["outline", *["bitmap"] * 3, *["outline"] * 2]


def test_the_weights_are_those_that_their_source_names() -> None:
    digest = sha256((model_folder() / "judge.toml").read_bytes()).hexdigest()
    assert digest in read_source(model_folder()).how


@pytest.mark.parametrize("text", ["", "[outline]\ninside = [1]\n", "no toml"])
def test_missing_or_broken_weights_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(module, "model_folder", lambda: tmp_path)
    if text:
        (tmp_path / "judge.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CannotContinueError, match=r"judge\.toml"):
        judge.__wrapped__()
