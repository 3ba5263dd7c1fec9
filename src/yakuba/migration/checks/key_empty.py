"""An empty cell in the primary key (主キー): the row cannot be told from others, so it cannot be carried.

Not this rule: keys that are given twice (`key_duplicate`). A branch number that the layout does not demand
(枝番号, output 任意 or 条件付き必須) may be empty.

Source: 基本データリスト, グループ 主キー. Example: 宛名番号 is empty.
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

CATEGORY = "C5"
SEVERITY = Severity.STOP
HINT_JA = "主キーが空の行は取り込めません。旧システムで番号を確かめてください。"
HINT_EN = "A row without its key cannot be loaded: find its number in the old system."


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Empty cells of key items that must be given."""
    for item in group.keys:
        if item.output is Output.REQUIRED:
            yield Cells(item.name, pl.col(item.name) == "")
