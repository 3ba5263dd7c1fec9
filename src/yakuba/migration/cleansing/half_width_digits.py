"""Full-width digits in half-width items, numbers, dates and times become half width.

In numbers, dates and times the signs －．／： go with them. Letters stay: they may be part of a code someone chose.
Not this rule: kana (`full_width_kana`), full-width items such as 番地号表記, which want full width.

Source: 基本データリスト 凡例, X, 9, DATE. Example: 郵便番号 "１２３４５６７" → "1234567".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.layouts.model import DataType
from yakuba.migration.checks._gate import GatedFix
from yakuba.migration.checks._text import not_ascii
from yakuba.migration.checks._width import half_width_digits, half_width_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context, Fix

CATEGORY = "C1"
HINT_JA = "全角の数字を半角にします。"
HINT_EN = "Full-width digits become half width."

_LEFT_ALONE = (DataType.FULL, DataType.BLOB)


def fixes(group: Group, _context: Context) -> Iterator[Fix]:
    """Corrections of half-width, numeric, date and time items."""
    for item in group.items:
        value = pl.col(item.name)
        if item.type is DataType.HALF:
            yield GatedFix(
                item.name, value.str.contains("[０-９]"), half_width_digits(value), gate=not_ascii(item.name)
            )
        elif item.type not in _LEFT_ALONE:
            yield GatedFix(
                item.name, value.str.contains("[０-９－．／：]"), half_width_numbers(value), gate=not_ascii(item.name)
            )
