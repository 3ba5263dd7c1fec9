"""A value that is not in the item's code list.

Not this rule: an empty cell (`required_missing`), a list that each municipality fills itself (自治体固有コード).
Proposed: the value with its lost leading zeros, or in half width, when that one is in the list.

Source: 基本データリスト, コード一覧. Example: 性別 = "3", or 続柄コード = "2" (the list has "02").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._items import allowed_values
from yakuba.migration.checks._width import half_width_digits
from yakuba.migration.rules import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C3"
SEVERITY = Severity.ERROR
HINT_JA = "コード一覧にない値です。コード変換表に加えるか、旧システムで直してください。"
HINT_EN = "Not in the code list: add it to the code table of the project or correct it in the old system."


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Filled cells outside the code list."""
    for item in group.items:
        allowed = list(allowed_values(item, group, context))
        if allowed:
            value = pl.col(item.name)
            padded = half_width_digits(value).str.zfill(max(map(len, allowed)))
            yield Cells(
                item.name,
                ~value.is_in(["", *allowed]),
                proposal=pl.when(padded.is_in(allowed)).then(padded),
            )
