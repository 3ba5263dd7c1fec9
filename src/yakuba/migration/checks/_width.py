"""Half and full width, in whole columns."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    import polars as pl

FULL_ASCII = {chr(0xFF01 + place): chr(0x21 + place) for place in range(94)} | {"　": " "}
"""Full-width ASCII → half width; the ideographic space belongs to them."""
_NUMBERS = {full: half for full, half in FULL_ASCII.items() if half in "0123456789-./:"}
_DIGITS = {full: half for full, half in FULL_ASCII.items() if half.isdigit()}


def half_width_digits(value: pl.Expr) -> pl.Expr:
    """Full-width digits become half width; all else stays."""
    return value.str.replace_many(_DIGITS)


def half_width_numbers(value: pl.Expr) -> pl.Expr:
    """Full-width digits and the signs of numbers, dates and times become half width; all else stays."""
    return value.str.replace_many(_NUMBERS)


def half_width(value: pl.Expr) -> pl.Expr:
    """Full-width ASCII becomes half width; all else stays."""
    return value.str.replace_many(FULL_ASCII)


_HALF_KANA = [chr(code) for code in range(0xFF61, 0xFFA0)]
_MARKED = {
    half + mark: joined for half in _HALF_KANA for mark in "ﾞﾟ" if len(joined := normalize("NFKC", half + mark)) == 1
}
FULL_KANA = _MARKED | {half: normalize("NFKC", half) for half in _HALF_KANA} | {"ﾞ": "゛", "ﾟ": "゜"}
"""Half-width kana and punctuation → full width; a kana with its mark becomes one character (ｶﾞ → ガ)."""
_FULL_ASCII = {half: full for full, half in FULL_ASCII.items()}
_TO_FULL = FULL_KANA | _FULL_ASCII


def full_width_kana(value: pl.Expr) -> pl.Expr:
    """Half-width kana becomes full width; all else stays."""
    return value.str.replace_many(FULL_KANA, leftmost=True)


def full_width_ascii(value: pl.Expr) -> pl.Expr:
    """Half-width ASCII becomes full width; all else stays."""
    return value.str.replace_many(_FULL_ASCII)


def full_width(value: pl.Expr) -> pl.Expr:
    """Half-width ASCII and kana become full width; all else, kanji and variation selectors included, stays."""
    return value.str.replace_many(_TO_FULL, leftmost=True)
