"""An amount below zero that cannot be: a tax, a payment, an allowance, an income before costs.

Not this rule: an income after costs, which may be a loss; what is overpaid; what is taken off a tax and written with
a minus sign; a levy lowered by a decision (更正減); money given back or cancelled.
The table `may_be_negative` names them.

Source: 地方税法, 地方自治法 (調定・収納). Example: 年税額 "-10800".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.model import DataType
from yakuba.migration.checks._data import table
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._items import meaning, of_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C7"
SEVERITY = Severity.ERROR
HINT_JA = "マイナスになるはずのない金額です。取消や還付なら、その区分を確かめてください。"
HINT_EN = "This amount cannot be negative: if it was given back or cancelled, look at the code that says so."

_LOWERED = (("収納区分", ("還付", "取消", "充当")), ("調定区分", ("更正減",)))


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Cells of amounts that begin with a minus sign."""
    lowered = pl.lit(value=False)
    for code, meanings in _LOWERED:
        if codes := meaning(group, context, code, *meanings):
            lowered |= pl.col(code).is_in(codes)
    endings = tuple(row["項目"] for row in table("may_be_negative"))
    for item in of_type(group, DataType.SIGNED, DataType.DECIMAL, DataType.INTEGER):
        if not item.codes and not item.name.endswith(endings):
            below = pl.col(item.name).str.starts_with("-")
            yield Gated(item.name, below & ~lowered, gate=below)
