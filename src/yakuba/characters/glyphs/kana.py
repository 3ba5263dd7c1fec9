"""Which part of a name's kana belongs to one of its characters (読みの割り当て): 渡〓／ワタナベ → ナベ.

The other characters have the readings of the MJ list, as names use them: voiced after another character (田 タ → ダ,
原 ハラ → ワラ), with ッ for a last ツ・チ・ク・キ, verbs and adjectives by their stem (わたる → ワタ, ワタリ;
よい → ヨ, ヨシ), and with a ノ, ナ, ガ or ツ that nobody writes between two characters. Each of these but the voice
costs something, and so does a reading of one kana (崎 キ), which fits by chance. Small kana and long vowels are as old
systems write them. Where no such reading leads through the kana, or several do at the same cost, nothing is said.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from unicodedata import normalize

import polars as pl

from yakuba.characters import tables
from yakuba.characters.fold import fold_kanji_text
from yakuba.characters.lengths import perceived_characters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STAND_IN = "〓"
PARTICLES = ("ノ", "ナ", "ガ", "ツ")
_LONGEST = 8
"""Kana that one character may have (こころざし, うけたまわる)."""
_MOST_CHARACTERS = 12
_SMALL = dict(zip("ァィゥェォッャュョヮヵヶヂヅヲ", "アイウエオツヤユヨワカケジズオ", strict=True))
_VOICED = dict(zip("カキクケコサシスセソタチツテトハヒフヘホ", "ガギグゲゴザジズゼゾダジズデドバビブベボ", strict=True))
_HALF_VOICED = dict(zip("ハヒフヘホ", "パピプペポ", strict=True))
_FLOWING = {"ハ": "ワ"}
_LAST = dict(zip("ウクグスツヌブムル", "イキギシチニビミリ", strict=True))
_SHORTENED = "ツチクキ"
_IRREGULAR, _PARTICLE, _SHORT = 1, 2, 1
_KANA = range(0x30A1, 0x30FB)
_KE = ("ケ", "ガ", "カ")


def katakana(text: str) -> str:
    """Kana as one writes it for comparison: full-width katakana without small kana, ー, ヂ, ヅ, ヲ or spaces.

    >>> katakana("ﾜﾀﾅﾍﾞ"), katakana("しょうぢ")
    ('ワタナベ', 'シヨウジ')
    """
    wide = "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in normalize("NFKC", text))
    return "".join(_SMALL.get(char, char) for char in wide if char not in "ー-・ 　")


@cache
def ways(reading: str) -> dict[str, int]:
    """How a reading of the list may sound in a name, and what it costs.

    >>> sorted(ways("よい"))
    ['ヨ', 'ヨイ', 'ヨシ']
    """
    plain = katakana(reading)
    forms = {plain: 0} if plain else {}
    if len(plain) > 1 and reading != plain and "ぁ" <= reading[-1] <= "ゖ":  # 訓 is in hiragana
        stem, last = plain[:-1], plain[-1]
        if last == "イ":
            forms |= {stem: _IRREGULAR, f"{stem}シ": _IRREGULAR}
        elif last in _LAST:
            forms |= {stem: _IRREGULAR, stem + _LAST[last]: _IRREGULAR}
    for form in list(forms):
        if len(form) > 1 and form[-1] in _SHORTENED:
            forms.setdefault(f"{form[:-1]}ツ", _IRREGULAR)
    return forms


@cache
def voiced_ways(reading: str) -> dict[str, int]:
    """The same for a character that follows another one."""
    forms = ways(reading)
    more = {
        table[form[0]] + form[1:]: cost + (table is not _VOICED)
        for form, cost in forms.items()
        for table in (_VOICED, _HALF_VOICED, _FLOWING)
        if form[0] in table
    }
    return more | forms


@cache
def _by_character() -> dict[str, tuple[str, ...]]:
    """読み by the code point of a character, of all MJ characters that have it."""
    rows = tables.read("mj", "006.02", "対応するUCS", "読み").drop_nulls()
    grouped = rows.group_by("対応するUCS", maintain_order=True).agg(pl.col("読み").str.join("・"))
    return {
        chr(int(code.removeprefix("U+"), 16)): tuple(dict.fromkeys(each for each in cell.split("・") if each))
        for code, cell in grouped.iter_rows()
    }


def readings(character: str) -> tuple[str, ...]:
    """読み of a character in the list, with those of the character by which a search finds it (邉 as 辺)."""
    base = character[0]
    return tuple(dict.fromkeys((*_by_character().get(base, ()), *_by_character().get(fold_kanji_text(base), ()))))


def reading_at(text: str, kana: str, private: str) -> str:
    """The kana of the private character in a name; "" where the name does not say.

    >>> reading_at("渡〓　花子", "ワタナベ　ハナコ", "")
    'ナベ'
    """
    text, kana = text.replace("　", " ").strip(), kana.replace("　", " ").strip()
    words, sounds = text.split(), kana.split()
    pairs = list(zip(words, sounds, strict=True)) if len(words) == len(sounds) else [("".join(words), "".join(sounds))]
    sign = private if private and private in text else STAND_IN
    places = [(word, sound) for word, sound in pairs if sign in word]
    if len(places) != 1 or text.count(sign) != 1:
        return ""
    characters = perceived_characters(places[0][0])
    if len(characters) > _MOST_CHARACTERS:
        return ""
    return _best(characters, characters.index(sign), katakana(places[0][1]))


def _best(characters: list[str], wanted: int, kana: str) -> str:
    """The cheapest reading at a place; "" when there is none, or two."""
    costs: dict[str, int] = {}
    for cost, reading in _paths(characters, wanted, kana, 0, ""):
        costs[reading] = min(cost, costs.get(reading, cost))
    least = min(costs.values(), default=0)
    best = [reading for reading, cost in costs.items() if cost == least]
    return best[0] if len(best) == 1 else ""


def _paths(characters: list[str], wanted: int, kana: str, at: int, found: str) -> Iterator[tuple[int, str]]:
    """Cost and reading of every way through the kana from character `at` on."""
    if at == len(characters):
        if not kana:
            yield 0, found
        return
    if len(kana) < len(characters) - at:
        return
    for sound, cost in _sounds(characters, wanted, kana, at):
        rest = found or (sound if at == wanted else "")
        for more, reading in _paths(characters, wanted, kana[len(sound) :], at + 1, rest):
            yield cost + more, reading


def _sounds(characters: list[str], wanted: int, kana: str, at: int) -> Iterable[tuple[str, int]]:
    """Beginnings of the kana that a character may have; with a particle before it that nobody writes."""
    character = characters[at]
    if at == wanted or _is_private(character):
        return [(kana[:length], 0) for length in range(1, min(_LONGEST, len(kana)) + 1)]
    known = _known(characters, at)
    plain = [(sound, cost) for sound, cost in known.items() if kana.startswith(sound)]
    if not at:
        return plain
    return plain + [
        (particle + sound, cost + _PARTICLE)
        for particle in PARTICLES
        for sound, cost in known.items()
        if kana.startswith(particle + sound)
    ]


def _known(characters: list[str], at: int) -> dict[str, int]:
    character = characters[at]
    if character == "々" and at:
        return _known(characters, at - 1) | {
            sound: cost for each in readings(characters[at - 1]) for sound, cost in voiced_ways(each).items()
        }
    if character in "ヶケ":
        return dict.fromkeys(_KE, 0)
    sound = katakana(character)
    if sound and all(ord(char) in _KANA for char in sound):
        return {sound: 0}
    known: dict[str, int] = {}
    for each in readings(character):
        for form, plain in (voiced_ways if at else ways)(each).items():
            cost = plain + _SHORT * (len(form) == 1)
            known[form] = min(cost, known.get(form, cost))
    return known


def _is_private(character: str) -> bool:
    return character == STAND_IN or 0xE000 <= ord(character[0]) <= 0xF8FF or ord(character[0]) >= 0xF0000  # noqa: PLR2004
