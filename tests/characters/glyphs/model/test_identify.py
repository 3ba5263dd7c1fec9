from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.glyph_index import known_index
from tools.glyphs.fonts import PLAIN, TRAINING, UNSEEN, Drawer, FontFile, Manner

from yakuba.characters import tables
from yakuba.characters.glyphs.glyph import Glyph, bitmap_digest
from yakuba.characters.glyphs.identify import CANDIDATES, identify
from yakuba.characters.glyphs.mj_font import mj_font
from yakuba.characters.glyphs.usage import Name, Usage
from yakuba.characters.vendor import Likeness

if TYPE_CHECKING:
    from yakuba.characters.glyphs.identify import Identified

NOTO = UNSEEN["Noto Serif CJK JP"]
FAMILY = "渡邉髙橋斎藤西條黒澤葛城辻櫻井廣瀬濱田嶋﨑柳栁祐輔恵惠鷗鹿児島"


@pytest.fixture(autouse=True)
def _index() -> None:
    known_index()


def _glyphs(font: FontFile, texts: str | list[str], manner: Manner = PLAIN) -> list[Glyph]:
    if not font.path.exists():
        pytest.skip(f"{font.path} (Debian: {font.package}) is not installed")
    return _drawn(Drawer(font), texts, manner)


def _drawn(drawer: Drawer, texts: str | list[str], manner: Manner) -> list[Glyph]:
    pictures = [(text, drawer.draw(drawer.glyph(text), manner)) for text in texts]
    assert all(picture is not None for _, picture in pictures)
    return [
        Glyph("", text, picture, manner.dots, bitmap_digest(picture))
        for text, picture in pictures
        if picture is not None
    ]


def _first(found: list[Identified]) -> list[str]:
    base = tables.base_by_name()
    return [base[one.candidates[0].name] for one in found]


def test_the_font_itself_is_known_shape_by_shape() -> None:
    font = mj_font()
    forms = sorted(tables.form_by_name().values())[::600]
    glyphs = [Glyph("", form, font.picture(font.glyph(form)), 0, "") for form in forms]
    assert [one.candidates[0].form for one in identify(glyphs)] == forms


def test_another_font_is_known() -> None:
    found = identify(_glyphs(NOTO, FAMILY))
    assert _first(found) == list(FAMILY)


@pytest.mark.parametrize("dots", [24, 32, 40, 48])
def test_so_are_its_bitmaps(dots: int) -> None:
    found = identify(_glyphs(NOTO, FAMILY, Manner(dots=dots)))
    assert sum(one == two for one, two in zip(_first(found), FAMILY, strict=True)) >= len(FAMILY) - 1


@pytest.mark.parametrize("char", "辻葛")
def test_two_forms_of_one_character_are_told_apart(char: str) -> None:
    forms = [form for form in tables.form_by_name().values() if form[0] == char]
    assert len(forms) >= 2
    found = identify(_drawn(Drawer(FontFile("", str(mj_font().path))), forms, Manner(weight=0.02)))
    assert [one.candidates[0].form for one in found] == forms


def test_candidates_are_ordered_and_each_is_there_once() -> None:
    for one in identify(_glyphs(NOTO, FAMILY)):
        names = [candidate.name for candidate in one.candidates]
        assert len(names) == len(set(names)) == CANDIDATES
        likeness = [candidate.similarity for candidate in one.candidates]
        assert likeness == sorted(likeness, reverse=True)
        assert all(0 <= value <= 1 for value in likeness)
        assert 0 <= one.sure <= 1


def test_what_is_not_in_mj_is_not_forced_onto_a_neighbour() -> None:
    strangers = identify(_glyphs(NOTO, [chr(code) for code in range(0xAC00, 0xAC40)]))
    refused = [one for one in strangers if one.suggestion is Likeness.NONE]
    assert len(refused) >= 0.9 * len(strangers)
    inside = identify(_glyphs(NOTO, FAMILY))
    assert not [one.glyph.name for one in inside if one.suggestion is Likeness.NONE]


def test_a_blot_is_nobody() -> None:
    blot = Glyph("", "blot", np.full((90, 90), 255, np.uint8), 0, "")
    noise = np.random.default_rng(1).integers(0, 256, (100, 100)).astype(np.uint8)
    for one in identify([blot, Glyph("", "noise", noise, 0, "")]):
        assert one.suggestion is not Likeness.SAME
        assert one.sure < 1


def test_what_is_known_of_the_names_decides_between_neighbours() -> None:
    private = "\ue000"
    (glyph,) = _glyphs(NOTO, "斉")
    glyph = Glyph(private, "U+E000", glyph.picture, 0, glyph.digest)
    alone = identify([glyph])[0]
    names = (Name(f"{private}藤", "サイトウ", "", 12),)
    told = identify([glyph], {private: Usage(12, names, private)})[0]
    assert told.candidates[0].name == alone.candidates[0].name
    assert told.candidates[0].known > alone.candidates[0].known == 0


def test_the_same_glyphs_give_the_same_answer() -> None:
    glyphs = _glyphs(TRAINING["noto-sans"], FAMILY)
    assert [(one.candidates, one.suggestion) for one in identify(glyphs)] == [
        (one.candidates, one.suggestion) for one in identify(glyphs)
    ]


def test_none_give_none() -> None:
    assert identify([]) == []
