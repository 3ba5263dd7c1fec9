"""What cannot be drawn as written is said before drawing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakuba.certificates.font import face
from yakuba.certificates.glyphs import drawable
from yakuba.characters import tables
from yakuba.characters.lengths import perceived_characters


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("葛\U000e0100", "glyph_aj1_sequence"),
        ("辻\U000e0101", "glyph_aj1_sequence"),
        ("見\U000e01ef", "glyph_unknown_sequence"),
        ("\U000e0102", "glyph_unknown_sequence"),
        ("\U000e0102葛", "glyph_unknown_sequence"),
        ("\ue000", "glyph_private"),
        ("\U000f0000", "glyph_private"),
        ("\t", "glyph_invisible"),
        ("\x00", "glyph_invisible"),
        ("見\u200b本", "glyph_invisible"),
        ("\u202e本見", "glyph_invisible"),
        ("見\ufeff", "glyph_invisible"),
        ("\U0001f600", "glyph_missing"),
        ("ا", "glyph_missing"),
        ("\u9fee", "glyph_missing"),
    ],
)
def test_what_must_not_be_drawn(text: str, code: str) -> None:
    assert [one.code for one in drawable(f"見本{text}", "氏名") or drawable(text, "氏名")] == [code]


@pytest.mark.parametrize(
    "text", ["", "見本　太郎", "葛\U000e0102西", "𠮷﨑神", "NGUYEN VAN AN", "ーヽヾ々〆", "が", "か\u3099"]
)
def test_what_can(text: str) -> None:
    assert drawable(text) == ()


def test_a_finding_names_the_character_once_and_masks_a_secret() -> None:
    found = drawable("\ue000\ue000見", "氏名")
    assert [(one.item, one.value) for one in found] == [("氏名", "\ue000 (U+E000)")]
    assert "E000" not in drawable("1\ue000", "個人番号")[0].value


def test_every_sequence_of_adobe_japan1_that_the_font_lacks_is_refused() -> None:
    lacking = [text for text in tables.aj1_sequences() if face().glyph(text) is None]
    assert len(lacking) > 14_000
    assert [text for text in lacking if not drawable(text)] == []


@given(st.text())
def test_whatever_passes_has_a_glyph_for_every_character(text: str) -> None:
    if not drawable(text):
        assert text == "" or perceived_characters(text)
        for cluster in perceived_characters(text):
            assert face().glyph(cluster) is not None or len(cluster) > 1
