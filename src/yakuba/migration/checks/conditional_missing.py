"""An empty cell of an item that this row must fill (データ出力条件 = 条件付き必須, and its condition holds).

Conditions are data of the layout. Those known in words only are not judged.
Not this rule: items required in every row (`required_missing`).

Source: 基本データリスト, 項目説明 after ※※. Example: 氏_日本人 is empty while 住民種別 = 1 (日本人) and 氏名 is filled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.condition import expression, parse
from yakuba.layouts.model import Output
from yakuba.migration.rules import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C4"
SEVERITY = Severity.ERROR
HINT_JA = "この行では必須になる項目が空です。条件と原本を確かめてください。"
HINT_EN = "This row must fill the item: look at its condition and at the record."


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Empty cells of conditional items in rows where the condition holds."""
    for item in group.items:
        if item.output is Output.CONDITIONAL and item.condition and not item.key:
            holds = expression(parse(item.condition, group.by_name))
            yield Cells(item.name, (pl.col(item.name) == "") & holds)
