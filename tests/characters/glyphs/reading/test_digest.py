"""Oracle: the definition in `outline`: one shape has one digest in every font, two shapes have two."""

from __future__ import annotations

from hashlib import sha256

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.characters.glyphs.fonts import CROSS, FRAME, ROUND, Point, Shape, font, postscript_font

from yakuba.characters.glyphs.font import read_font
from yakuba.characters.glyphs.glyph import bitmap_digest
from yakuba.characters.glyphs.outline import CONIC, ON, Outline, outline_digest

PRIVATE = 0xE000


def _digest(raw: bytes) -> str:
    (glyph,) = read_font(raw, "test.ttf").glyphs
    return glyph.digest


points = st.tuples(st.integers(0, 1000), st.integers(-200, 800), st.booleans())
contours = st.lists(points, min_size=3, max_size=9, unique_by=lambda point: point[:2])
shapes = st.lists(contours, min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(
    shape=shapes,
    units=st.sampled_from((1000, 2000, 2048, 4096, 8192, 3000)),
    code=st.integers(0xE000, 0xF8FF),
    spare=st.integers(0, 5),
    turn=st.integers(0, 8),
    data=st.data(),
)
def test_the_same_shape_has_one_digest_in_every_font(
    shape: Shape, units: int, code: int, spare: int, turn: int, data: st.DataObject
) -> None:
    """Other units, other tables and numbers, other code, other place in the em, other order and beginning."""
    moved = [[(x + 37, y - 11, on) for x, y, on in contour] for contour in shape]
    turned = [contour[turn % len(contour) :] + contour[: turn % len(contour)] for contour in moved]
    mixed = data.draw(st.permutations(turned))
    reversed_too = [contour[::-1] for contour in mixed] if data.draw(st.booleans()) else mixed
    one, other = (
        read_font(font({PRIVATE: shape}), "a.ttf"),
        read_font(font({code: reversed_too}, units=units, spare=spare), "b.ttf"),
    )
    assert [glyph.digest for glyph in one.glyphs] == [glyph.digest for glyph in other.glyphs]


@settings(max_examples=60, deadline=None)
@given(shape=shapes, data=st.data())
def test_a_point_elsewhere_is_another_shape(shape: Shape, data: st.DataObject) -> None:
    """Unless it is the lone point of a straight line, moving one by 20 thousandths of the em changes the digest."""
    number = data.draw(st.integers(0, len(shape) - 1))
    place = data.draw(st.integers(0, len(shape[number]) - 1))
    other = [list(contour) for contour in shape]
    x, y, on = other[number][place]
    other[number][place] = (x + 1020, y, on)
    assert outline_digest(_outline(shape)) != outline_digest(_outline(other))


def _outline(shape: Shape) -> Outline:
    return Outline([[(x, y, ON if on else CONIC) for x, y, on in contour] for contour in shape], 1000)


def test_a_point_that_truetype_leaves_implied_changes_nothing() -> None:
    spelt: list[Point] = [
        (500, 0, False), (250, 0, True), (0, 0, False), (0, 400, True), (0, 800, False), (500, 800, False),
        (900, 400, True),
    ]  # fmt: skip
    assert _digest(font({PRIVATE: ROUND})) == _digest(font({PRIVATE: [spelt]}))


def test_postscript_and_truetype_outlines_of_straight_lines_are_the_same_shape() -> None:
    assert _digest(font({PRIVATE: FRAME})) == _digest(postscript_font({PRIVATE: FRAME}))


def test_a_hole_is_not_a_second_frame() -> None:
    filled = [FRAME[0], FRAME[1][::-1]]
    assert _digest(font({PRIVATE: FRAME})) != _digest(font({PRIVATE: filled}))


def test_the_definition_is_what_its_text_says() -> None:
    """The hash of the text that the docstring describes, written by hand."""
    text = "0,400,1 0,480,1 800,480,1 800,400,1;360,0,1 360,800,1 440,800,1 440,0,1"
    assert _digest(font({PRIVATE: CROSS})) == f"outline:{sha256(text.encode()).hexdigest()}"


def test_a_bitmap_is_its_bits_whatever_lies_around_it() -> None:
    bits = np.zeros((5, 9), np.uint8)
    bits[1, 2:5], bits[2, 2] = 255, 200
    tight = bits[1:3, 2:5]
    text = (3).to_bytes(4, "big") + (2).to_bytes(4, "big") + bytes([0b11100000, 0b10000000])
    assert bitmap_digest(bits) == bitmap_digest(tight) == f"bitmap:{sha256(text).hexdigest()}"
    assert bitmap_digest(bits) != bitmap_digest(tight.T)
