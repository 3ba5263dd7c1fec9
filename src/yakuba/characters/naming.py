"""How people name a character: by itself, by MJ名, by a code of one of the unified lists, by Unicode or by JIS.

Source: the columns of MJ文字情報一覧表 Ver.006.02 (catalog/characters/mj).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from yakuba.characters import tables
from yakuba.characters.lengths import length
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

_REMEDY = "a character, MJ026193, U+9089, 'U+845B U+E0102', J+AD1D, 戸籍 349920, 登記 00349920, JIS 1-78-21"
_COLUMNS = (
    (re.compile(r"MJ[0-9]{6}"), "MJ文字図形名"),
    (re.compile(r"J\+[0-9A-F]{4}"), "住基ネット統一文字コード"),
    (re.compile(r"[0-9]{6}"), "戸籍統一文字番号"),
    (re.compile(r"[0-9]{8}"), "登記統一文字番号"),
    (re.compile(r"[12]-[0-9]{2}-[0-9]{2}"), "X0213"),
)
_CODES = re.compile(r"(?:U\+)?[0-9A-F]{4,6}(?:[ _](?:U\+)?[0-9A-F]{4,6})*")


def named(words: str) -> pl.DataFrame:
    """Rows of MJ文字情報一覧表 that a name means, in the order of the list.

    A character by itself means all its shapes; with a variation selector, the one.

    Args:
        words: e.g. `邉`, `MJ026193`, `U+9089`, `J+AD1D`, `349920`, `1-78-21`.

    Raises:
        UsageError: no such name, or nothing by that name in the list.
    """
    wanted = words.strip()
    rows = tables.read("mj", "006.02")
    for pattern, column in _COLUMNS:
        if pattern.fullmatch(wanted.upper()):
            return _found(rows.filter(pl.col(column) == wanted.upper()), words)
    text = _written(wanted)
    if len(text) > 1 and text in tables.aj1_sequences():
        text = tables.aj1_sequences()[text] or text[0]
    if len(text) > 1:
        return _found(rows.filter(pl.col("MJ文字図形名") == tables.name_by_form().get(text, "")), words)
    code = f"U+{ord(text):04X}"
    return _found(rows.filter((pl.col("対応するUCS") == code) | (pl.col("実装したUCS") == code)), words)


def _written(wanted: str) -> str:
    """The character itself, of itself or of its codes."""
    text = wanted
    if _CODES.fullmatch(wanted.upper()) and wanted.isascii():
        read: Callable[[str], str] = lambda part: chr(int(part.removeprefix("U+"), 16))  # noqa: E731 three letters
        try:
            text = "".join(map(read, re.split("[ _]", wanted.upper())))
        except (ValueError, OverflowError):
            text = ""
    if not text or length(text) != 1:
        raise UsageError(f"{wanted!r} names no character", remedy=_REMEDY)
    return text


def _found(rows: pl.DataFrame, words: str) -> pl.DataFrame:
    if rows.is_empty():
        raise UsageError(
            f"{words!r} is not in MJ文字情報一覧表", remedy="kana, signs and private-use characters are not"
        )
    return rows
