"""Length as a person sees it (桁数): a character and what attaches to it count as one.

What attaches: variation selectors, combining (han)dakuten U+3099 U+309A, combining Latin marks
U+0300–036F. A half-width ﾞ or ﾟ takes a column of its own and counts. Source: 住民記録システム標準仕様書
counts 文字, not code points; 葛 + U+E0102 is one 文字.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

ATTACHING = "\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""What attaches, as the inside of a regular expression's class (Python and Polars alike)."""
CHARACTER = f"[{ATTACHING}]*[^{ATTACHING}][{ATTACHING}]*"
"""Regular expression of one perceived character; exactly one of its code points attaches to nothing, so that no
way of matching gives a mark to the next character. Marks that begin a text go to its first character."""

_CHARACTER = re.compile(CHARACTER)
_ATTACHED = re.compile(f"[{ATTACHING}]")


def perceived_length(expr: pl.Expr) -> pl.Expr:
    """Number of perceived characters per cell (UInt32); null stays null."""
    return expr.str.len_chars() - expr.str.count_matches(f"[{ATTACHING}]")


def length(text: str) -> int:
    r"""The same for one text.

    >>> length("葛\U000E0102城　か\u3099く")
    5
    """
    return len(text) - len(_ATTACHED.findall(text))


def perceived_characters(text: str) -> list[str]:
    r"""The perceived characters of a text.

    >>> [len(each) for each in perceived_characters("葛\U000E0102城")]
    [2, 1]
    """
    return _CHARACTER.findall(text)
