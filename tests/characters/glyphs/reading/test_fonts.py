"""Oracle: the formats themselves; fonts made with fontTools and BDF written by hand, read by our reader's process."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.characters.glyphs.fonts import (
    CROSS,
    CROSS_BITS,
    EMPTY_BITS,
    FRAME,
    FRAME_BITS,
    bdf,
    collection,
    font,
    postscript_font,
    without,
)  # fmt: skip
from tests.characters.glyphs.pcf import pcf

from yakuba.characters.glyphs.font import read_font
from yakuba.characters.glyphs.read import read_glyphs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from yakuba.characters.glyphs.reading import Reading


def _codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


def _privates(reading: Reading) -> list[str]:
    return [f"{ord(glyph.private):04X}" if glyph.private else glyph.name for glyph in reading.glyphs]


def test_an_eudc_font_gives_its_private_glyphs_in_the_order_of_their_codes(tmp_path: Path) -> None:
    path = tmp_path / "外字 font.tte"
    path.write_bytes(font({0xE001: FRAME, 0xE000: CROSS, 0x5341: CROSS, 0xF8FF: FRAME, 0xF0000: CROSS}))
    reading = read_glyphs(path)
    assert [glyph.name for glyph in reading.glyphs] == ["U+E000 (F040)", "U+E001 (F041)", "U+F8FF", "U+F0000"]
    assert reading.findings == ()
    first = reading.glyphs[0]
    assert first.dots == 0
    assert first.picture.dtype == np.uint8
    assert first.picture[0].any()
    assert first.picture[-1].any()
    assert first.picture[:, 0].any()
    assert first.picture[:, -1].any()
    assert 99 <= first.picture.shape[1] <= 105  # 800 of 1,000 units, 128 dots to the em
    assert reading.glyphs[0].digest == reading.glyphs[3].digest != reading.glyphs[1].digest


def test_postscript_outlines_and_collections_are_read_too() -> None:
    reading = read_font(postscript_font({0xE000: CROSS}), "a.otf")
    assert _privates(reading) == ["E000"]
    both = collection(font({0x41: FRAME}), font({0xE000: CROSS}), font({0xE000: CROSS, 0xE005: FRAME}))
    reading = read_font(both, "a.ttc")
    assert _privates(reading) == ["E000", "E005"]
    assert _codes(reading) == []


def test_two_shapes_at_one_code_keep_none() -> None:
    reading = read_font(collection(font({0xE000: CROSS}), font({0xE000: FRAME})), "a.ttc")
    assert _codes(reading) == ["glyph_code_twice"]
    assert [glyph.private for glyph in reading.glyphs] == ["", ""]


def test_a_font_with_a_shift_jis_table_has_its_codes_in_cp932() -> None:
    reading = read_font(font({0xF040: CROSS, 0xF141: FRAME}, format_=(3, 2)), "a.ttf")
    assert _privates(reading) == ["E000", "E0BD"]
    assert _codes(reading) == []


def test_a_symbol_font_says_how_its_codes_were_read() -> None:
    one_lead = font({0xF041: CROSS, 0xF042: FRAME}, format_=(3, 0))
    reading = read_font(one_lead, "a.ttf")
    assert _privates(reading) == ["F041", "F042"]
    (finding,) = reading.findings
    assert (finding.code, finding.value) == ("glyph_code_ambiguous", "unicode")
    told = read_font(one_lead, "a.ttf", "cp932")
    assert _privates(told) == ["E001", "E002"]
    assert _codes(told) == []


def test_a_bitmap_font_with_an_encoding_of_its_own_over_two_lead_bytes_is_cp932() -> None:
    raw = bdf({0xF040: CROSS_BITS, 0xF9FC: FRAME_BITS}, registry="Vendor", encoding="0")
    reading = read_font(raw, "a.bdf")
    assert _privates(reading) == ["E000", "E757"]
    assert [finding.value for finding in reading.findings] == ["cp932"]
    assert _privates(read_font(raw, "a.bdf", "unicode")) == ["F040"]  # U+F9FC is 琢's neighbour, not private


def test_a_bitmap_font_keeps_its_dots(tmp_path: Path) -> None:
    path = tmp_path / "gaiji.bdf"
    path.write_bytes(bdf({0xE000: CROSS_BITS, 0xE001: EMPTY_BITS, 0xE002: FRAME_BITS}))
    reading = read_glyphs(path)
    assert _privates(reading) == ["E000", "E002"]
    cross = reading.glyphs[0]
    assert cross.dots == 8
    assert cross.digest.startswith("bitmap:")
    assert ["".join(".#"[int(dot > 0)] for dot in row) for row in cross.picture] == [
        "..#..", "..#..", "#####", "..#..", "..#..",
    ]  # fmt: skip
    assert [(finding.code, finding.column) for finding in reading.findings] == [("glyph_empty", "U+E001 (F041)")]


@pytest.mark.parametrize("shrunk", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_a_compiled_bitmap_font_is_read_too(shrunk: Callable[[bytes], bytes]) -> None:
    reading = read_font(shrunk(pcf({0x20: EMPTY_BITS, 0xE000: CROSS_BITS, 0xE003: FRAME_BITS})), "a.pcf")
    assert _privates(reading) == ["E000", "E003"]
    assert _codes(reading) == []
    text = read_font(bdf({0xE000: CROSS_BITS, 0xE003: FRAME_BITS}), "a.bdf")
    assert [glyph.digest for glyph in reading.glyphs] == [glyph.digest for glyph in text.glyphs]


def test_the_first_glyph_of_a_compiled_font_is_not_lost() -> None:
    reading = read_font(pcf({0xE000: CROSS_BITS, 0xE003: FRAME_BITS}), "a.pcf")
    assert _privates(reading) == ["E003", "glyph 0"]
    assert _codes(reading) == ["glyph_default"]


def test_a_font_without_codes_gives_its_glyphs_by_number() -> None:
    for raw in (without(font({0xE000: CROSS, 0xE001: FRAME}, spare=2), "cmap"), font({}, format_=(3, 1))):
        reading = read_font(raw, "a.ttf")
        assert all(glyph.private == "" for glyph in reading.glyphs)
    reading = read_font(without(font({0xE000: CROSS, 0xE001: FRAME}, spare=2), "cmap"), "a.ttf")
    assert _privates(reading) == ["glyph 3", "glyph 4"]
    assert _codes(reading) == ["glyph_no_cmap"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (font({0x5341: CROSS}), "glyph_none_private"),
        (font({0xE000: []}), "glyph_empty"),
        (font({0xE000: CROSS})[:300], "glyph_file_broken"),
        (without(font({0xE000: CROSS}), "head"), "glyph_file_broken"),
        (bdf({0xE000: CROSS_BITS})[:120], "glyph_file_broken"),
    ],
    ids=["no private code", "empty", "cut off", "no head", "bitmap cut off"],
)  # fmt: skip
def test_what_is_wrong_with_a_font_is_told(raw: bytes, code: str) -> None:
    reading = read_font(raw, "a.ttf")
    assert _codes(reading) == [code]
    assert reading.glyphs == ()


def test_a_font_with_more_glyphs_than_anybody_has_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = font(dict.fromkeys(range(0xE000, 0xE005), CROSS))
    monkeypatch.setattr("yakuba.characters.glyphs.font.MOST", 5)
    assert len(read_font(raw, "a.ttf").glyphs) == 5
    monkeypatch.setattr("yakuba.characters.glyphs.font.MOST", 4)
    for one in (raw, without(raw, "cmap")):
        reading = read_font(one, "a.ttf")
        assert (_codes(reading), reading.glyphs) == (["glyph_too_many"], ())


def test_one_broken_glyph_does_not_take_the_others_along() -> None:
    """A point far outside the em, as a flipped bit makes it."""
    far = [[(0, 0, True), (31_000, 31_000, True), (0, 500, True)]]
    reading = read_font(font({0xE000: far, 0xE001: CROSS}), "a.ttf")
    assert _privates(reading) == ["E001"]
    assert [(finding.code, finding.column) for finding in reading.findings] == [("glyph_broken", "U+E000 (F040)")]
