"""Half-width letters, digits, signs and spaces in full-width items become full width.

Kanji, kana, variation selectors and every other character stay as they are.
Not this rule: half-width kana (`full_width_kana`); which dash was meant.

Source: 基本データリスト 凡例, Ｎ. Example: 方書 "コーポ山田101" → "コーポ山田１０１".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.migration.checks._gate import GatedFix
from yakuba.migration.checks._text import full_width_items, half_width_inside
from yakuba.migration.checks._width import full_width_ascii

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context, Fix

CATEGORY = "C1"
HINT_JA = "全角の項目にある半角英数字を全角にします。"
HINT_EN = "Half-width letters and digits in full-width items become full width."


def fixes(group: Group, _context: Context) -> Iterator[Fix]:
    """Corrections of full-width items."""
    for item in full_width_items(group):
        value = pl.col(item.name)
        gate = half_width_inside(item.name)
        yield GatedFix(item.name, value.str.contains(r"[\x20-\x7E]"), full_width_ascii(value), gate=gate)
