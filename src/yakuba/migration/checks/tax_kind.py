"""A 課税区分 that the tax of the row denies: 非課税 or 未申告 with a tax, 課税 without one.

A taxed row without a tax is judged only where nothing was remitted.
Not this rule: what the tax should be (`tax_step`, `amount_unknown`).

Source: 地方税法 24条の5, 295条 (非課税). Example: 課税区分 = 3 (非課税), 年税額 116500.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._items import allowed_values
from yakuba.migration.rules import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C7"
SEVERITY = Severity.ERROR
HINT_JA = "課税区分と年税額が食い違っています。"
HINT_EN = "The row is exempt and has a tax, or is taxed and has none."

_KIND, _TAX = "課税区分", "年税額"
_TAXED, _EXEMPT = ("課税（", "均等割のみ"), ("非課税", "未申告", "課税免除")
_REMITTED = ("減免税額", "市町村民税_減免額", "道府県民税_減免額", "市町村民税_定額減税額", "道府県民税_定額減税額")


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """課税区分 of rows whose 年税額 says the opposite."""
    if not {_KIND, _TAX} <= group.by_name.keys():
        return
    values = allowed_values(group.by_name[_KIND], group, context)
    exempt = [value for value, text in values.items() if text.startswith(_EXEMPT)]
    taxed = [value for value, text in values.items() if text == "課税" or text.startswith(_TAXED)]
    tax = pl.col(_TAX)
    yield Cells(_KIND, pl.col(_KIND).is_in(exempt) & ~tax.is_in(["", "0"]))
    kept = [pl.col(item).is_in(["", "0"]) for item in _REMITTED if item in group.by_name]
    yield Cells(_KIND, pl.all_horizontal(pl.col(_KIND).is_in(taxed), tax == "0", *kept))
