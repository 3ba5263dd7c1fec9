# Oracle: the mapping CP932.TXT of Unicode, as Python's codec has it.
from __future__ import annotations

from collections import Counter

import polars as pl

from yakuba.characters.cp932 import SUBSTITUTES, cp932_loss, repertoire


def test_the_repertoire_is_what_comes_back_unchanged() -> None:
    def survives(char: str) -> bool:
        try:
            return char.encode("cp932").decode("cp932") == char
        except UnicodeEncodeError:
            return False

    everything = (chr(code) for code in range(0x20000) if not 0xD800 <= code <= 0xDFFF)
    single_bytes = set("\x80\xa0\uf8f0\uf8f1\uf8f2\uf8f3")  # bytes 80, A0, FD–FF: no character of CP932
    assert {char for char in everything if survives(char)} - single_bytes == set(repertoire())


def test_398_codes_are_second_codes_of_a_character() -> None:
    second: Counter[int] = Counter()
    for lead in (*range(0x81, 0xA0), *range(0xE0, 0xFD)):
        for trail in range(0x40, 0xFD):
            raw = bytes((lead, trail))
            char = raw.decode("cp932", "replace")
            if len(char) == 1 and char != "\ufffd" and char.encode("cp932") != raw:
                second[lead] += 1
    assert second == {0x87: 9, 0xEE: 1, 0xFA: 188, 0xFB: 188, 0xFC: 12}
    assert (b"\xee\xef".decode("cp932"), "ⅰ".encode("cp932")) == ("ⅰ", b"\xee\xef")


def test_vendor_characters_of_nec_and_ibm_are_carried() -> None:
    assert cp932_loss(pl.Series(["①㈱髙﨑ⅰ", "\ue000\ue757", "ｱ～∥－￠￡￢", None, ""])).is_empty()


def test_loss_names_each_character_with_its_count() -> None:
    loss = cp932_loss(pl.Series(["𠮷田〜", "葛\U000e0102〜", None, "\ue758"]))
    assert loss.rows() == [("〜", 2, "～"), ("\ue758", 1, None), ("𠮷", 1, None), ("\U000e0102", 1, None)]


def test_substitutes_can_be_written_and_what_they_replace_cannot() -> None:
    assert set(SUBSTITUTES.values()) <= repertoire()
    assert not set(SUBSTITUTES) & repertoire()
