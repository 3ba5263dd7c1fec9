"""Length as a person sees it (桁数): a character and what attaches to it count as one.

What attaches: variation selectors, combining (han)dakuten U+3099 U+309A, combining Latin marks
U+0300–036F. A half-width ﾞ or ﾟ takes a column of its own and counts. Source: 住民記録システム標準仕様書
counts 文字, not code points; 葛 + U+E0102 is one 文字.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

_ATTACHES = r"[\x{0300}-\x{036F}\x{3099}\x{309A}\x{FE00}-\x{FE0F}\x{E0100}-\x{E01EF}]"
_RANGES = ((0x300, 0x36F), (0x3099, 0x309A), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))


def perceived_length(expr: pl.Expr) -> pl.Expr:
    """Number of perceived characters per cell (UInt32); null stays null."""
    return expr.str.len_chars() - expr.str.count_matches(_ATTACHES)


def length(text: str) -> int:
    r"""The same for one text.

    >>> length("葛\U000E0102城　か\u3099く")
    5
    """
    return sum(not any(first <= ord(char) <= last for first, last in _RANGES) for char in text)
