"""Reading garbled text again in the encoding it was written in. A proposal only: a person must compare."""

from __future__ import annotations

import re

import polars as pl

_MISTAKES = (("cp932", "utf-8"), ("latin-1", "utf-8"), ("cp1252", "utf-8"), ("latin-1", "cp932"), ("latin-1", "euc_jp"))
"""(encoding it was read in, encoding it was written in)."""
_CLEAN = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff01-\uff5e\ufe00-\ufe0f\U00020000-\U0003ffff\U000e0100-\U000e01ef]+")


def again(text: str) -> str | None:
    """The text as it was meant; None when no reading gives whole Japanese text.

    >>> again("螻ｱ逕ｰ"), again("å±±ç”°"), again("山田")
    ('山田', '山田', None)
    """
    for wrong, right in _MISTAKES:
        try:
            meant = text.encode(wrong).decode(right)
        except UnicodeError:
            continue
        if meant != text and _CLEAN.fullmatch(meant):
            return meant
    return None


def readable(value: pl.Expr) -> pl.Expr:
    """`again` for a column; only garbled cells come here, so they are few."""
    return value.map_elements(again, return_dtype=pl.String, skip_nulls=True)
