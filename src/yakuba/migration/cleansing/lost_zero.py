"""Leading zeros that a spreadsheet or a numeric column has eaten are put back.

Only where the padded value is known to be right: it is in the item's code list (and the value is not), it is a
団体コード of an existing municipality, a 町字コード of the town's dictionary, or a 郵便番号 of six or five digits.
Not this rule: 宛名番号 and 世帯番号, whose old forms are anyone's; 個人番号, which is never guessed.

Source: practice of exports (続柄 2 for 02). Example: 続柄コード1 "2" → "02", 団体コード "11002" → "011002".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.migration.checks._gate import GatedFix
from yakuba.migration.checks._items import allowed_values, named
from yakuba.migration.rules import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C3"
HINT_JA = "失われた先頭の0を補います。"
HINT_EN = "Lost leading zeros are put back."

_POSTAL = 7
_DANTAI = 6


def fixes(group: Group, context: Context) -> Iterator[Fix]:
    """Corrections of coded items, 団体コード, 町字コード and 郵便番号."""
    for item in group.items:
        allowed = list(allowed_values(item, group, context))
        if allowed:
            yield _into(item.name, allowed, max(map(len, allowed)))
    for item in named(group, "市区町村コード", "団体コード"):
        yield _into(item.name, [context.municipality, *context.municipalities], _DANTAI)
    towns = [] if context.dictionary.is_empty() else context.dictionary["町字コード"].unique().to_list()
    for item in named(group, "町字コード"):
        if towns:
            yield _into(item.name, towns, max(map(len, towns)))
    for item in named(group, "郵便番号"):
        value = pl.col(item.name)
        yield Fix(item.name, value.str.contains("^[0-9]{5,6}$"), value.str.zfill(_POSTAL))


def _into(item: str, allowed: list[str], width: int) -> Fix:
    value = pl.col(item)
    short = value.str.len_bytes().is_between(1, width - 1)
    missing = ~value.is_in(allowed) & value.str.zfill(width).is_in(allowed)
    return GatedFix(item, short & missing, value.str.zfill(width), gate=short)
