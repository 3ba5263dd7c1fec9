"""Oracle: docs of `overlay`: dark where both have ink, blue for the vendor's alone, orange for MJ's alone."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from yakuba.characters.glyphs.drawn import drawn
from yakuba.characters.glyphs.glyph import Glyph
from yakuba.characters.glyphs.overlay import BOTH, MJ, SIDE, VENDOR, fitted, overlay
from yakuba.kernel.ipamj import find_font

pytestmark = pytest.mark.skipif(find_font() is None, reason="IPAmj明朝 is not installed")


def _glyph(picture: np.ndarray) -> Glyph:
    return Glyph("", "x", picture, 0, "")


def _mj(form: str) -> Glyph:
    picture = drawn(form)
    assert picture is not None
    return _glyph(picture)


def _near(png: bytes, colour: tuple[int, int, int]) -> int:
    """Dots of a colour, give or take what 64 colours and soft edges do to it."""
    dots = np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), np.int32)
    return int((np.abs(dots - np.array(colour)).max(axis=2) < 40).sum())


def test_the_same_glyph_is_dark_alone() -> None:
    png = overlay(_mj("髙"), "髙")
    assert len(png) < 6000
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    assert (picture.size, picture.getpixel((0, 0))) == ((SIDE, SIDE), (255, 255, 255))
    assert _near(png, BOTH) > 1500
    assert _near(png, VENDOR) == _near(png, MJ) == 0


def test_what_only_one_has_is_in_its_colour() -> None:
    assert min(_near(overlay(_mj("髙"), "高"), colour) for colour in (BOTH, VENDOR, MJ)) > 50
    alone = overlay(_mj("木"), "")
    assert _near(alone, BOTH) == 0
    assert _near(alone, VENDOR) > 500


def test_a_flat_glyph_stays_flat_and_a_bitmap_fills_the_box() -> None:
    flat = fitted(np.full((4, 100), 255, np.uint8), (100, 100))
    rows = np.flatnonzero(flat.any(axis=1))
    assert rows[-1] - rows[0] < 10
    small = fitted(np.eye(24, dtype=np.uint8) * 255)
    assert np.flatnonzero(small.any(axis=1))[0] == 8
    assert small.max() <= 1
