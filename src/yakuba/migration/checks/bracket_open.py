"""A bracket that is opened and not closed, or closed and never opened: a text that was cut off or typed wrongly.

Judged are names and the parts of an address, each for itself.
Not this rule: a text that is too long for its place (`text_overflow`, `digits_overflow`).

Source: 不正データ category C9. Example: 方書 "見本荘（東棟", 氏名 "見本　太郎（旧".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._text import full_width_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C9"
SEVERITY = Severity.WARNING
HINT_JA = "括弧の片方がありません。途中で切れた文字列でないか確かめてください。"
HINT_EN = "One bracket of a pair is missing: see whether the text was cut off."

_ITEM = re.compile("氏名|^氏|^名|通称|旧氏|筆頭者|名称|住所|本籍|方書|定置場")
_PAIRS = ("（）", "「」", "［］", "〔〕", "【】")
_ANY = [sign for pair in _PAIRS for sign in pair]


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Texts whose opening and closing brackets differ in number."""
    for item in full_width_items(group):
        if _ITEM.search(item.name):
            value = pl.col(item.name)
            opened, closed = (value.str.count_matches(f"[{''.join(p[side] for p in _PAIRS)}]") for side in (0, 1))
            yield Gated(item.name, opened != closed, gate=value.str.contains_any(_ANY))
