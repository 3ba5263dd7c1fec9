"""Characters as people count them (桁数): a variation selector belongs to the character before it."""

from __future__ import annotations

import re

SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Variation selectors, as the inside of a regular expression's class (Python and Polars alike)."""
CHARACTER = f"[{SELECTORS}]*[^{SELECTORS}][{SELECTORS}]*"
"""Regular expression of one perceived character; exactly one of its code points is no selector, so that no
way of matching gives a selector to the next character. Selectors that begin a text go to its first one."""

_CHARACTER = re.compile(CHARACTER)
_SELECTOR = re.compile(f"[{SELECTORS}]")


def characters(text: str) -> list[str]:
    """The perceived characters of a text.

    >>> [len(each) for each in characters("葛\U000e0100城")]
    [2, 1]
    """
    return _CHARACTER.findall(text)


def length(text: str) -> int:
    """Number of perceived characters; a selector without a character before it counts as none.

    >>> length("葛\U000e0100城")
    2
    """
    return len(text) - len(_SELECTOR.findall(text))
