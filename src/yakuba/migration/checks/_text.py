"""Text items: the gate that plain Japanese never passes, and which items hold what kind of text."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from yakuba.layouts.model import DataType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group, Item

# 縺 繧 繝 (7E3A, 7E67, 7E5D) lead mojibake of kana and ・ stands inside it: they are left out although they are plain.
_PLAIN = (
    "　-。々-〇「-】〒〔-〜ぁ-ゖ゛-ヺー-ヾ！-～−‐―"
    r"\x{3400}-\x{4DBF}\x{4E00}-\x{7E39}\x{7E3B}-\x{7E5C}\x{7E5E}-\x{7E66}\x{7E68}-\x{9FFF}\x{20000}-\x{3FFFF}"
)
_UNUSUAL = f"[^{_PLAIN}]"
_NAME = re.compile(r"(?:氏名|氏_日本人|名_日本人|筆頭者(?:_氏|_名)?|氏名_外国人漢字|通称|旧氏|世帯主名|^氏|^名)$")
_KANA = re.compile(r"(?:フリガナ|読み仮名|カナ|片仮名表記)$")


@cache
def unusual(column: str) -> pl.Expr:
    """Gate of the text rules: the cell has a character that is neither kana, kanji nor full-width ASCII."""
    return pl.col(column).str.contains(_UNUSUAL)


@cache
def not_printable(column: str) -> pl.Expr:
    """Gate for half-width items: the cell has a character that is not printable ASCII."""
    return pl.col(column).str.contains(r"[^\x20-\x7E]")


@cache
def not_ascii(column: str) -> pl.Expr:
    """Gate for coded items: bytes and characters differ in number (control characters are not in any code list)."""
    return pl.col(column).str.len_bytes() != pl.col(column).str.len_chars()


@cache
def half_width_inside(column: str) -> pl.Expr:
    """Gate for full-width items: the cell has half-width ASCII or kana."""
    return pl.col(column).str.contains(r"[\x20-\x7E｡-ﾟ]")


def full_width_items(group: Group) -> Iterator[Item]:
    """Items of type Ｎ."""
    return (item for item in group.items if item.type is DataType.FULL)


def text_items(group: Group) -> Iterator[tuple[Item, pl.Expr]]:
    """Items of types X and Ｎ with their gate."""
    for item in group.items:
        if item.type is DataType.FULL:
            yield item, unusual(item.name)
        elif item.type is DataType.HALF:
            yield item, not_ascii(item.name) if item.codes else not_printable(item.name)


def name_items(group: Group) -> Iterator[Item]:
    """Items that hold a person's name in the letters of the register (氏名, 筆頭者, 通称, 旧氏 …)."""
    return (item for item in full_width_items(group) if _NAME.search(item.name))


def kana_items(group: Group) -> Iterator[Item]:
    """Items that hold a reading."""
    return (item for item in full_width_items(group) if _KANA.search(item.name))
