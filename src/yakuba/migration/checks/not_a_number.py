"""A cell of a numeric item (整数・小数・符号付き整数) that is not a number as the standard writes it.

Signs, points and digits are those of the legend: "-" only in S9, one point only in 9V. A number has one way of
writing: no leading zeros, and in 9V all digits after the point (`plain_number` puts it so where that is declared).
In an item with a code list the text is a code, so leading zeros are fine.
Not this rule: a number that is too long (`digits_overflow`) or not in a code list (`code_unknown`).

Source: 基本データリスト 凡例, データ型 9, 9V, S9. Example: "1,200" or "１２００" in 税額.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.model import DataType
from yakuba.migration.checks._items import NUMBERS, of_type
from yakuba.migration.rules import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group, Item
    from yakuba.migration.rules import Context

CATEGORY = "C1"
SEVERITY = Severity.STOP
HINT_JA = "数値の項目に数字でない文字があります。旧システムで直すか、変換規則を足してください。"
HINT_EN = "The item is a number: correct it in the old system or add a conversion."


def form(item: Item) -> str:
    """Regular expression of the one way to write a number of this item."""
    if item.codes:
        return "^-?[0-9]+$" if item.type is DataType.SIGNED else "^[0-9]+$"
    whole = "(?:0|[1-9][0-9]*)"
    match item.type:
        case DataType.DECIMAL if item.fraction:
            return rf"^{whole}\.[0-9]{{{item.fraction}}}$"
        case DataType.SIGNED:
            return "^(?:0|-?[1-9][0-9]*)$"
        case _:
            return f"^{whole}$"


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Filled cells of numeric items that do not have the number's form."""
    for item in of_type(group, *NUMBERS):
        value = pl.col(item.name)
        bare = value.str.replace_all("[,，\\s]", "").str.replace_all("[▲△−－]", "-")
        yield Cells(
            item.name,
            (value != "") & ~value.str.contains(form(item)),
            proposal=pl.when(bare.str.contains(form(item))).then(bare),
        )
