"""An empty cell where the standard demands a value in every row (データ出力条件 = 必須).

「なし」 and 「不明」 are values, not empty cells. Key items are `key_empty`.
Not this rule: items that are required in some rows only (`conditional_missing`). A child without a name yet, an
empty 性別 or 住所を定めた年月日 are legal: the layout does not call them 必須.

Source: 基本データリスト, データ出力条件; 住民記録システム標準仕様書 1.1.6. Example: 生年月日 is empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.model import Output
from yakuba.migration.rules import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C4"
SEVERITY = Severity.ERROR
HINT_JA = "必須項目が空です。原本を確かめて値を決めてください。"
HINT_EN = "A required item is empty: look at the record and decide on a value."


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Empty cells of required items that are not keys."""
    for item in group.items:
        if item.output is Output.REQUIRED and not item.key:
            yield Cells(item.name, pl.col(item.name) == "")
