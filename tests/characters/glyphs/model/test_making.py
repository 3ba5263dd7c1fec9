"""The tools that make the model, as far as they can be tried in seconds."""

from __future__ import annotations

import numpy as np
import pytest
from tools.glyphs.fonts import IPAMJ, Drawer, Manner
from tools.glyphs.judging import fitted
from tools.glyphs.learn import named_by, projection, unit
from tools.glyphs.samples import drawn, manners

from yakuba.characters.glyphs.judge import SIGNS
from yakuba.characters.glyphs.model import model
from yakuba.characters.glyphs.shape import squares


@pytest.fixture
def drawer() -> Drawer:
    if not IPAMJ.path.exists():
        pytest.skip("fonts-ipamj-mincho is not installed")
    return Drawer(IPAMJ)


def test_manners_are_the_same_for_the_same_seed() -> None:
    one, two, other = (manners(50, np.random.default_rng(seed)) for seed in (7, 7, 8))
    assert one == two != other
    assert {manner.dots for manner in one} >= {0, 24, 48}


def test_a_glyph_is_drawn_in_its_manner(drawer: Drawer) -> None:
    glyph = drawer.glyph("永")
    plain, thick, dotted = drawn(drawer, [glyph] * 3, [Manner(), Manner(weight=0.03), Manner(dots=24)])
    assert max(dotted.shape) <= 24
    assert set(np.unique(dotted).tolist()) == {0, 255}
    assert thick.astype(int).sum() > 1.2 * plain.astype(int).sum()


def test_sequences_are_read_beside_characters(drawer: Drawer) -> None:
    found = drawer.characters()
    assert found["辻\U000e0102"] != found["辻"]
    assert sum(len(text) == 2 for text in found) > 10_000


def test_the_projection_looks_away_from_noise() -> None:
    random = np.random.default_rng(0)
    targets = random.normal(size=(400, 6)).astype(np.float16)
    noise = np.diag([25.0, 25.0, 25.0, 0.01, 0.01, 0.01])
    mean, matrix = projection(noise, targets, 3)
    strength = np.abs(matrix.astype(float)).sum(axis=1)
    assert strength[3:].min() > 3 * strength[:3].max()
    assert mean == pytest.approx(targets.mean(axis=0, dtype=float), abs=1e-3)


def test_a_glyph_is_named_as_the_form_that_it_has() -> None:
    targets = unit(np.array([[1, 0, 0], [1, 0.5, 0], [0, 0, 1]], np.float32))
    seen = unit(np.array([[1, 0.5, 0], [1, 0.0, 0.1], [0, 0, 1]], np.float32))
    kin = [frozenset({0, 1}), frozenset({0, 1}), frozenset({2})]
    assert named_by(seen, np.array([0, 0, 2]), targets, kin).tolist() == [1, 0, 2]


def test_weights_are_found_again() -> None:
    random = np.random.default_rng(0)
    seen = random.normal(size=(20_000, SIGNS))
    true = np.arange(SIGNS) - 2.0
    answer = (random.random(len(seen)) < 1 / (1 + np.exp(-(seen @ true + 0.5)))).astype(float)
    assert fitted(seen, answer) == pytest.approx([*true, 0.5], rel=0.15, abs=0.15)


def test_the_shipped_file_is_made_of_this_graph(drawer: Drawer) -> None:
    onnx = pytest.importorskip("onnx", reason="onnx (pip install yakuba[glyphs]) is not installed")
    from onnx import numpy_helper
    from tools.glyphs.learn import Features

    from yakuba.characters.glyphs.model import model_folder

    stored = onnx.load(model_folder() / "model.onnx")
    constants = {one.name: numpy_helper.to_array(one) for one in stored.graph.initializer}
    pictures = drawn(drawer, [drawer.glyph(text) for text in "一辻邉鬱"])
    made = unit((Features()(pictures) - constants["mean"]) @ constants["half"].astype(np.float32))
    assert squares(pictures).shape == (4, 64, 64)
    assert made == pytest.approx(model().embed(pictures), abs=1e-5)
