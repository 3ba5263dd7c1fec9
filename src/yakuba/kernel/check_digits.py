"""Check digits (検査用数字) of the numbers a town keeps.

住民票コード has a check digit too, but no authoritative formula for it is public. It has no function here, so
that no rule can call a code wrong.

Every `*_valid` expression answers for a String column what the scalar answers for one value; neither takes
separators, spaces or full-width digits: these are findings of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl
from stdnum.jp import cn, in_

from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

_KOJIN_WEIGHTS = (2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6)
_HOJIN_WEIGHTS = (1, 2) * 6
_DANTAI_WEIGHTS = (2, 3, 4, 5, 6)
_ATENA_WEIGHTS = (2, 3, 4, 5, 6, 7)
"""Weights from the lowest digit upwards, the check digit left out."""


def _digits(text: str, length: int = 0) -> str:
    """The text itself when it is ASCII digits (of a length).

    Raises:
        UsageError: it is not; the text is not repeated, it may be a person's number.
    """
    if re.fullmatch(f"[0-9]{{{length or '1,'}}}", text) is None:
        raise UsageError(f"a check digit needs {length or 'one or more'} half-width digits")
    return text


def _weighted(digits: str, weights: Sequence[int]) -> int:
    """Sum of digit × weight, lowest digit first, weights repeating."""
    return sum(int(digit) * weights[place % len(weights)] for place, digit in enumerate(reversed(digits)))


def kojin_bango_digit(first11: str) -> str:
    """Check digit of 個人番号: twelfth digit, over the other eleven.

    Source: 行政手続における特定の個人を識別するための番号の利用等に関する法律…総務省令 (平成26年第85号) 第5条.

    >>> kojin_bango_digit("62149832025")
    '7'
    """
    return str(in_.calc_check_digit(_digits(first11, 11)))


def is_kojin_bango(text: str) -> bool:
    """Whether a text is twelve digits and its check digit holds."""
    return re.fullmatch("[0-9]{12}", text) is not None and in_.is_valid(text)


def hojin_bango_digit(last12: str) -> str:
    """Check digit of 法人番号: FIRST digit (1–9), over the other twelve.

    >>> hojin_bango_digit("835678256246")
    '5'
    """
    return str(cn.calc_check_digit(_digits(last12, 12)))


def is_hojin_bango(text: str) -> bool:
    """Whether a text is thirteen digits and its first, the check digit, holds."""
    return re.fullmatch("[0-9]{13}", text) is not None and cn.is_valid(text)


def atena_bango_digit(serial: str) -> str:
    """Check digit of a new 宛名番号 or 世帯番号: last digit, over the serial before it (モジュラス11, weights 2–7).

    Remainder 0 gives 0 (住民記録システム標準仕様書【第1.0版】1.1.13). Remainder 1 would give 10 and is not
    stated there; 0 is assumed.

    >>> atena_bango_digit("1"), atena_bango_digit("0000123")
    ('9', '6')
    """
    remainder = _weighted(_digits(serial), _ATENA_WEIGHTS) % 11
    return str(11 - remainder) if remainder > 1 else "0"


def is_atena_bango(text: str) -> bool:
    """Whether a number follows the rule for NEW numbers. Migrated numbers may have any form: never an error."""
    return re.fullmatch("[0-9]{2,}", text) is not None and atena_bango_digit(text[:-1]) == text[-1]


def dantai_code_digit(first5: str) -> str:
    """Check digit of 全国地方公共団体コード: sixth digit, over prefecture (2) and municipality (3).

    Last digit of 11 − (sum mod 11), weights 6 to 2 from the left.

    >>> dantai_code_digit("01100"), dantai_code_digit("13101"), dantai_code_digit("01000")
    ('2', '6', '6')
    """
    return str((11 - _weighted(_digits(first5, 5), _DANTAI_WEIGHTS) % 11) % 10)


def is_dantai_code(text: str) -> bool:
    """Whether a text is six digits and its check digit holds; whether such a 団体 exists is not asked."""
    return re.fullmatch("[0-9]{6}", text) is not None and dantai_code_digit(text[:-1]) == text[-1]


def _place(column: pl.Expr, place: int) -> pl.Expr:
    """Decimal digit at a place, 0 = lowest; the cast is cheap enough to be repeated, unlike a pattern."""
    return column.cast(pl.Int64, strict=False) // int(10**place) % 10


def _sum(column: pl.Expr, weights: Sequence[int], lowest: int) -> pl.Expr:
    """Weighted sum of the digits from place `lowest` upwards."""
    return pl.sum_horizontal([_place(column, lowest + place) * weight for place, weight in enumerate(weights)])


def _valid(column: pl.Expr, length: int, holds: pl.Expr) -> pl.Expr:
    """Exactly `length` ASCII digits, and the check digit holds."""
    return (column.str.contains(f"^[0-9]{{{length}}}$") & holds).fill_null(value=False)


def kojin_bango_valid(column: pl.Expr) -> pl.Expr:
    """`is_kojin_bango` for a String column; false for "" and null."""
    return _valid(column, 12, _place(column, 0) == -_sum(column, _KOJIN_WEIGHTS, 1) % 11 % 10)


def hojin_bango_valid(column: pl.Expr) -> pl.Expr:
    """`is_hojin_bango` for a String column; false for "" and null."""
    return _valid(column, 13, _place(column, 12) == 9 - _sum(column, _HOJIN_WEIGHTS, 0) % 9)


def dantai_code_valid(column: pl.Expr) -> pl.Expr:
    """`is_dantai_code` for a String column; false for "" and null."""
    return _valid(column, 6, _place(column, 0) == (11 - _sum(column, _DANTAI_WEIGHTS, 1) % 11) % 10)
