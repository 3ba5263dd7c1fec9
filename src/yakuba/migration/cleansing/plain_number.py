"""A number written as the standard writes it: no leading zeros, no "+", and in 9V all digits after the point.

Only the writing changes, never the value. Not this rule: full-width digits (`half_width_digits`), separators of
thousands and anything else that is not a number (`not_a_number`); codes keep their leading zeros.

Source: 基本データリスト 凡例, データ型 9, 9V, S9. Example: "000123" → "123"; "1.5" in an item of 9V 3,2 → "1.50".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.layouts.model import DataType
from yakuba.migration.checks._gate import GatedFix
from yakuba.migration.checks.not_a_number import form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group, Item
    from yakuba.migration.rules import Context, Fix

CATEGORY = "C1"
HINT_JA = "数値の書き方を標準の形にそろえました (先頭の0、小数点以下の桁)。値は変わりません。"
HINT_EN = "The number was written as the standard writes it; its value is the same."

_NUMBERS = (DataType.INTEGER, DataType.SIGNED, DataType.DECIMAL)


def fixes(group: Group, _context: Context) -> Iterator[Fix]:
    """Numbers in another writing."""
    for item in group.items:
        if item.type in _NUMBERS and not item.codes:
            value = pl.col(item.name)
            written = _plain(item, value)
            other = (value != "") & ~value.str.contains(form(item))
            yield GatedFix(item.name, other & written.str.contains(form(item)), written, gate=other)


def _plain(item: Item, value: pl.Expr) -> pl.Expr:
    sign = pl.when(value.str.starts_with("-")).then(pl.lit("-")).otherwise(pl.lit(""))
    bare = value.str.replace("^[+-]", "").str.replace("^0+([0-9])", "$1")
    if item.type is DataType.SIGNED:
        return pl.when(bare == "0").then(pl.lit("0")).otherwise(sign + bare)
    if item.type is DataType.DECIMAL and item.fraction:
        point = pl.when(bare.str.contains(".", literal=True)).then(bare).otherwise(bare + ".")
        whole = point.str.extract(r"^([0-9]+\.)", 1)
        part = point.str.extract(r"\.([0-9]*)$", 1)
        return sign + whole + part.str.pad_end(item.fraction, "0")
    return sign + bare
