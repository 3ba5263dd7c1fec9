"""Family and given name are separated by exactly one full-width space.

Half-width spaces and several spaces in a row become one; no space is added and no other character touched.
Not this rule: spaces around the name (`trailing_space`).

Source: 基本データリスト 031, 氏名: 全角の空白を一文字入れる. Example: "佐藤 一郎" and "佐藤　　一郎" → "佐藤　一郎".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.migration.checks._text import kana_items, name_items
from yakuba.migration.rules import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C9"
HINT_JA = "氏と名の間を全角空白1字にします。"
HINT_EN = "Family and given name are separated by one full-width space."


def fixes(group: Group, _context: Context) -> Iterator[Fix]:
    """Corrections of names and of their readings."""
    for item in (*name_items(group), *(kana for kana in kana_items(group) if "氏名" in kana.name)):
        value = pl.col(item.name)
        yield Fix(item.name, value.str.contains(" |　　"), value.str.replace_all("[ 　]+", "　"))
