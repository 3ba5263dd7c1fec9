"""Folding for search and for finding duplicate persons: values that should be found together become equal.

A folded value is a key to compare by, never a value to store or to show.

Source: 住民記録システム標準仕様書 2.1.2 (あいまい検索): 清濁, 拗促音, long vowels, spaces, dashes and width do not
matter; ヂ/ジ, ズ/ヅ, ワ/ハ, ヴァ/バ, ヴ/ブ, オ/ヲ are equal; ウ after an オ-column kana equals オ; 異体字 are equal.
Equality goes on through a third value, so シ and チ (both equal to ジ) and ス and ツ fold together too.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from yakuba.characters import patterns, tables

if TYPE_CHECKING:
    import polars as pl

_DASHES = "ー-‐‑‒–—―−－─━ｰ﹣﹘⁻₋"
_SPACES = " 　\u00a0\t"
_LOST = _DASHES + _SPACES + "゛゜\u3099\u309aﾞﾟ"
_O_COLUMN = "オコソトノホモヨロ"
_PLAIN = dict(
    zip(
        "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴァィゥェォッャュョヮヵヶワヲチツヷヸヹヺ",
        "カキクケコサシスセソタシステトハヒフヘホハヒフヘホフアイウエオスヤユヨハカケハオシスハヒヘホ",
        strict=True,
    )
)
_V_ROW = dict(zip(("ヴァ", "ヴィ", "ヴェ", "ヴォ"), "ハヒヘホ", strict=True))


@cache
def _full_width() -> dict[str, str]:
    """First pass: katakana for hiragana, full-width kana for half-width, ASCII for full-width ASCII."""
    half = [chr(code) for code in range(0xFF66, 0xFF9E) if code != ord("ｰ")]
    kana = {char: normalize("NFKC", char) for char in half}
    marked = [f"{char}{mark}" for char in half for mark in "ﾞﾟ"]
    kana |= {pair: joined for pair in marked if len(joined := normalize("NFKC", pair)) == 1}
    kana |= {chr(code): chr(code + 0x60) for code in range(0x3041, 0x3097)}
    kana |= {"う\u3099": "ヴ", "ウ\u3099": "ヴ"}
    return kana | {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in _DASHES}


@cache
def _steps() -> tuple[dict[str, str], dict[str, str]]:
    """Both passes, longer patterns first."""
    second = _V_ROW | _PLAIN | dict.fromkeys(_LOST, "")
    return tuple(dict(sorted(step.items(), key=lambda item: -len(item[0]))) for step in (_full_width(), second))  # type: ignore[return-value]


def fold_kana(expr: pl.Expr) -> pl.Expr:
    """Key of kana (フリガナ, or a name's kana) by the rules of the module; null stays null."""
    for step in _steps():
        expr = expr.str.replace_many(step, leftmost=True)
    return expr.str.replace_all(f"([{_O_COLUMN}])ウ", "${1}オ")


def fold_kana_text(text: str) -> str:
    """The same for one text.

    >>> fold_kana_text("ヴァイオリン・ショウジ") == fold_kana_text("ﾊﾞｲｵﾘﾝ・しょおぢ")
    True
    """
    for step in _steps():
        text = re.sub("|".join(map(re.escape, step)), lambda match, step=step: step[match[0]], text)  # type: ignore[misc]
    return re.sub(f"([{_O_COLUMN}])ウ", r"\1オ", text)


def fold_kanji(expr: pl.Expr) -> pl.Expr:
    """Key of kanji: variation selectors dropped, each 異体字 replaced by its 代表字 (渡邉, 渡邊 → 渡辺).

    The relations are those of the MJ縮退マップ with a ground in JIS or in the family registers; 斎 and 斉 are two
    characters there (齋→斎, 齊→斉) and stay two.
    """
    plain = expr.str.replace_all(patterns.SELECTOR, "")
    return plain.str.replace_many(tables.representatives())


def fold_kanji_text(text: str) -> str:
    """The same for one text.

    >>> fold_kanji_text("髙﨑　𠮷次")
    '高崎　吉次'
    """
    stand_ins = tables.representatives()
    return "".join(stand_ins.get(char, char) for char in re.sub("[\ufe00-\ufe0f\U000e0100-\U000e01ef]", "", text))
