"""A value longer than its item: it would be cut off when it is loaded, so the row is handed back whole.

What counts is what a person sees (桁数 is in 文字): 葛 with a variation selector is one. A minus sign does not
count; the whole and the fractional part of a 9V are counted apart.
Not this rule: text that fits the item but not the paper (`text_overflow`); dates and times, whose form is fixed.

Source: 基本データリスト 凡例, 桁数 (characters, not bytes). Example: a 方書 of 60 characters in an item of 40.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.characters.lengths import perceived_length
from yakuba.kernel.finding import Severity
from yakuba.layouts.model import DataType
from yakuba.migration.checks._gate import Gated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group, Item
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C10"
SEVERITY = Severity.STOP
HINT_JA = "桁数を超えています。切り詰めずに差し戻します。短い書き方を決めてください。"
HINT_EN = "Longer than the item. It is never cut: decide on a shorter form."

_FORM_IS_LENGTH = (DataType.DATE, DataType.TIME, DataType.YEAR)


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Cells with more characters than the item has digits."""
    for item in group.items:
        if item.digits is not None and item.type not in _FORM_IS_LENGTH:
            # A number may have too many digits after the point and few before it.
            shortest = min(item.digits, item.fraction + 1) if item.type is DataType.DECIMAL else item.digits
            gate = pl.col(item.name).str.len_chars() > shortest
            yield Gated(item.name, _too_long(item, item.digits), gate=gate)


def _too_long(item: Item, digits: int) -> pl.Expr:
    value = pl.col(item.name)
    if item.type is DataType.SIGNED:
        value = value.str.strip_prefix("-")
    if item.type is DataType.DECIMAL:
        fraction = value.str.extract(r"\.(.*)$").fill_null("")
        whole = value.str.replace(r"\..*$", "")
        return (whole.str.len_chars() > digits) | (fraction.str.len_chars() > item.fraction)
    return perceived_length(value) > digits
