"""Every character of the official list is drawn with its own glyph, and nothing else is.

Oracle: the official MJ文字情報一覧 says which code or sequence is which MJ文字図形名; the glyphs of IPAmj明朝 are named
after it. What was painted is read back from the PDF's own embedded font.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from tests.certificates.drawing.engine import painted
from tests.certificates.drawing.paper import TrueType, drawn_outlines

from yakuba.certificates.font import face, font_path
from yakuba.certificates.glyphs import drawable
from yakuba.characters import tables

if TYPE_CHECKING:
    from collections.abc import Sequence

CHUNK = 5000


def outlines(words: Sequence[str]) -> list[object]:
    """What the engine paints for some texts, with the settings of a certificate."""
    return drawn_outlines(painted(words))


@pytest.fixture(scope="module")
def font() -> TrueType:
    return TrueType(font_path().read_bytes())


def official() -> dict[str, list[str]]:
    """Names of the official list by what is written for them."""
    names: dict[str, list[str]] = {}
    for name, form in tables.form_by_name().items():
        names.setdefault(form, []).append(name.lower())
    return names


NOT_IN_THE_FONT = frozenset("\u9fee\u9fef")
"""The list of 2020 gives these two a code that IPAmj明朝 005.01 does not have: they are refused, not guessed."""


def test_every_character_of_the_list_is_painted_as_itself(font: TrueType) -> None:
    forms = official()
    words = sorted(set(forms) - NOT_IN_THE_FONT)
    assert len(words) > 58_800
    painted_as = [one for at in range(0, len(words), CHUNK) for one in outlines(words[at : at + CHUNK])]
    assert len(painted_as) == len(words)
    wrong = 0
    for form, outline in zip(words, painted_as, strict=True):
        wrong += all(font.outline(font.names[name]) != outline for name in forms[form])
    assert wrong == 0


def test_nothing_of_the_list_is_refused() -> None:
    assert {form for form in official() if drawable(form)} <= NOT_IN_THE_FONT


def test_our_reading_of_the_character_map_agrees_with_the_names_of_the_glyphs(font: TrueType) -> None:
    wrong = {
        form for form, names in official().items() if face().glyph(form) not in {font.names[name] for name in names}
    }
    assert wrong <= NOT_IN_THE_FONT


def test_a_sequence_of_another_collection_would_be_painted_as_its_base() -> None:
    """Why they are refused before drawing: the engine says nothing."""
    assert outlines(["葛\U000e0100"]) == outlines(["葛"])
    assert outlines(["葛\U000e0102"]) != outlines(["葛"])


@pytest.mark.parametrize("word", ["か\u3099", "は\u309a", "é", "e\u0301"])
def test_a_letter_with_a_mark_is_painted_as_the_one_letter_or_refused(word: str, font: TrueType) -> None:
    if not drawable(word):
        glyph = face().glyph(unicodedata.normalize("NFC", word))
        assert glyph is not None
        assert outlines([word]) == [font.outline(glyph)]
