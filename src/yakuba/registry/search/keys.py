"""Keys of search (検索キー): what is stored to be looked through, and the same made from what somebody typed.

Names: 異体字 folded, half width, upper case, words parted by one blank. Kana: `characters.fold`, word by word.
Addresses: 異体字 folded, figures plain, 丁目・番地・番・号 as hyphens (中央一丁目２番３号 → 中央1-2-3).
Every key has an expression for columns and a function for one text, made from the same tables.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from yakuba.characters.fold import fold_kana, fold_kana_text, fold_kanji, fold_kanji_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_BLANKS = r"[ \u3000\u00a0\t\r\n]+"
_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_WIDTH_OF_TEXT = {ord(full): half for full, half in _WIDTH.items()}
_DASHES = dict.fromkeys("‐‑‒–—―−－─━ー", "-")
_DASHES_OF_TEXT = {ord(dash): "-" for dash in _DASHES}
_FIGURES = "〇一二三四五六七八九"
_MARK = "\x1f"
"""Stands for a blank while kana are folded, which would drop it."""
_ADDRESS_STEPS = (
    ("([0-9])(?:丁目|番地の|番地|番|号の|号|の|ノ|-)+", "${1}-"),
    ("(?:大字|字)", ""),
    ("-+( |$)", "${1}"),
)


def name_key(name: pl.Expr) -> pl.Expr:
    """Key of a name, words parted by one blank: 渡邉　花子 → 渡辺 花子."""
    folded = fold_kanji(name).str.replace_many(_WIDTH)
    return folded.str.replace_all(_BLANKS, " ").str.strip_chars(" ").str.to_uppercase()


def name_key_text(name: str) -> str:
    """The same for one text.

    >>> name_key_text("髙橋　ｉｃｈｉｒｏ")
    '高橋 ICHIRO'
    """
    folded = fold_kanji_text(name).translate(_WIDTH_OF_TEXT)
    return re.sub(_BLANKS, " ", folded).strip(" ").upper()


def sound_key(kana: pl.Expr) -> pl.Expr:
    """Key of kana, words parted by one blank: サトウ　ハナコ → サトオ ハナコ."""
    marked = kana.str.replace_all(_BLANKS, _MARK).str.strip_chars(_MARK)
    return fold_kana(marked).str.replace_all(_MARK, " ", literal=True).str.to_uppercase()


def sound_key_text(kana: str) -> str:
    """The same for one text.

    >>> sound_key_text("ｻﾄｳ はなこ")
    'サトオ ハナコ'
    """
    marked = re.sub(_BLANKS, _MARK, kana).strip(_MARK)
    return fold_kana_text(marked).replace(_MARK, " ").upper()


def address_key(address: pl.Expr) -> pl.Expr:
    """Key of an address: 中央一丁目１番１号　コーポ見本１０１ → 中央1-1-1 コーポ見本101."""
    key = name_key(address).str.replace_many(_DASHES).str.replace_many(_chome())
    for pattern, by in _ADDRESS_STEPS:
        key = key.str.replace_all(pattern, by)
    return key


def address_key_text(address: str) -> str:
    """The same for one text.

    >>> address_key_text("大字中央十一丁目２番地の３"), address_key_text("中央11－2－3")
    ('中央11-2-3', '中央11-2-3')
    """
    key = name_key_text(address).translate(_DASHES_OF_TEXT)
    key = re.sub("|".join(_chome()), lambda match: _chome()[match[0]], key)
    for pattern, by in _ADDRESS_STEPS:
        key = re.sub(pattern, by.replace("${1}", r"\1"), key)
    return key


def walking_key(key: str) -> tuple[tuple[int, str], ...]:
    """What addresses are sorted by, given `address_key`: numbers as numbers, as somebody walks along a street.

    >>> sorted(["中央1-10", "中央1-9", "上見本3"], key=walking_key)
    ['上見本3', '中央1-9', '中央1-10']
    """
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"([0-9]+)", key) if part)


@cache
def _chome() -> Mapping[str, str]:
    """Figures in words before 丁目, 番 and 号, longest first: 十一丁目 → 11丁目."""
    words = [_in_words(number) for number in range(99, 0, -1)]
    pairs = zip(words, range(99, 0, -1), strict=True)
    found = {f"{word}{unit}": f"{number}{unit}" for word, number in pairs for unit in ("丁目", "番", "号")}
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def _in_words(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else ("" if tens == 1 else _FIGURES[tens]) + "十") + (_FIGURES[ones] if ones else "")


def joined(keys: Sequence[pl.Expr]) -> pl.Expr:
    """Several keys of one person as one text to look through, one in a line."""
    return pl.concat_str(keys, separator="\n")
