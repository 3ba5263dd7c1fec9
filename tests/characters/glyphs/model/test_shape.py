from __future__ import annotations

import numpy as np
import pytest

from yakuba.characters.glyphs.shape import SIDE, square, squares


def _extent(picture: np.ndarray) -> tuple[int, int]:
    rows, columns = np.flatnonzero(picture.any(axis=1)), np.flatnonzero(picture.any(axis=0))
    return int(rows[-1] - rows[0] + 1), int(columns[-1] - columns[0] + 1)


@pytest.mark.parametrize("size", [(16, 16), (24, 24), (128, 128), (3000, 3000), (2, 500), (500, 2)])
def test_every_size_comes_to_the_same_square(size: tuple[int, int]) -> None:
    made = square(np.full(size, 255, np.uint8))
    assert made.shape == (SIDE, SIDE)
    assert made.dtype == np.uint8
    assert made.max() > 200
    assert 58 <= max(_extent(made)) <= 62


def test_a_single_dot_is_ink_too() -> None:
    assert square(np.full((1, 1), 255, np.uint8)).max() > 200
    assert not square(np.zeros((1, 1), np.uint8)).any()


def test_a_narrow_glyph_stays_narrow_and_a_flat_one_flat() -> None:
    high, wide = square(np.full((100, 40), 255, np.uint8)), square(np.full((40, 100), 255, np.uint8))
    assert np.abs(high.astype(int) - wide.T).max() <= 1
    assert 35 < _extent(high)[1] < 52


def test_a_drawing_and_its_enlargement_give_nearly_the_same() -> None:
    random = np.random.default_rng(3)
    small = (random.random((48, 44)) > 0.5).astype(np.uint8) * np.uint8(255)
    large = np.kron(small, np.ones((4, 4), np.uint8))
    assert np.abs(square(small).astype(int) - square(large)).mean() < 20
    assert np.abs(square(small).astype(int) - square(small[::-1])).mean() > 60


def test_none_are_none() -> None:
    assert squares([]).shape == (0, SIDE, SIDE)
