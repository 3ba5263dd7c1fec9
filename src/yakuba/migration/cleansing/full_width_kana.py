"""Half-width kana in full-width items becomes full width; a kana and its mark become one character (ｶﾞ → ガ).

Kanji, variation selectors and every other character stay as they are.
Not this rule: half-width letters and digits (`full_width_text`).

Source: 基本データリスト 凡例, Ｎ; JIS X 0201. Example: 氏名_フリガナ "ﾏﾁﾀﾞ　ﾊﾅｺ" → "マチダ　ハナコ".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.migration.checks._gate import GatedFix
from yakuba.migration.checks._text import full_width_items, half_width_inside
from yakuba.migration.checks._width import full_width_kana

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context, Fix

CATEGORY = "C1"
HINT_JA = "半角カナを全角にします。"
HINT_EN = "Half-width kana becomes full width."


def fixes(group: Group, _context: Context) -> Iterator[Fix]:
    """Corrections of full-width items."""
    for item in full_width_items(group):
        value = pl.col(item.name)
        gate = half_width_inside(item.name)
        yield GatedFix(item.name, value.str.contains("[｡-ﾟ]"), full_width_kana(value), gate=gate)
