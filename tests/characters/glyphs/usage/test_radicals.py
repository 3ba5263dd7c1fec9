"""Oracle: the names of the 214 Kangxi radicals in Unicode, and 部首 of MJ文字情報一覧表."""

from __future__ import annotations

from unicodedata import name

import pytest

from yakuba.characters import tables
from yakuba.characters.glyphs.radicals import radical_numbers


def test_every_radical_has_its_number() -> None:
    for number in range(1, 215):
        sign = chr(0x2F00 + number - 1)
        assert name(sign).startswith("KANGXI RADICAL")
        assert radical_numbers(sign) == radical_numbers(str(number)) == {number}


@pytest.mark.parametrize(
    ("shape", "character"),
    [("亻", "仁"), ("氵", "江"), ("扌", "持"), ("忄", "性"), ("艹", "花"), ("辶", "辺"), ("灬", "照"), ("礻", "礼"),
     ("衤", "裕"), ("犭", "猫"), ("刂", "刊"), ("阝", "都"), ("阝", "阪"), ("罒", "置"), ("攵", "政"), ("月", "胸")],
)  # fmt: skip
def test_the_shape_beside_a_character_is_its_radical(shape: str, character: str) -> None:
    rows = tables.read("mj", "006.02", "文字", "部首.内画数")
    (listed,) = rows.filter(rows["文字"] == character)["部首.内画数"].to_list()
    assert {int(each.partition(".")[0]) for each in listed.split("・")} & radical_numbers(shape)


def test_what_is_none_is_refused() -> None:
    assert radical_numbers("") == frozenset()
    for text in ("215", "0", "邉", "しんにょう"):
        with pytest.raises(ValueError, match="部首"):
            radical_numbers(text)
