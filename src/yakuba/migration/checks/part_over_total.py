"""Parts that are more than their whole: deductions above 所得控除合計額, a share of 5/4, a refund above the debt.

A column of parts may be missing in an old system, so the parts may be less than the whole. The table `parts` names
them; an empty part is nothing.
Not this rule: parts that must give the whole exactly (`sum_mismatch`).

Source: 地方税法 (所得控除, 過誤納), 民法 (共有持分) and the meaning of the items.

Example: 社会保険料控除額 88,000,000, 所得控除合計額 556,700.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._data import table
from yakuba.migration.rules import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C7"
SEVERITY = Severity.ERROR
HINT_JA = "内訳が総額を超えています。桁や列の取り違えを確かめてください。"
HINT_EN = "The parts are more than the whole: look for a slip in digits or columns."


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Totals that are less than their parts."""
    for (name, total), lines in groupby(table("parts"), key=lambda row: (row["グループ"], row["総額"])):
        parts = [line["内訳"] for line in lines if line["内訳"] in group.by_name]
        if name.endswith(f"/{group.name}") and total in group.by_name and parts:
            told = pl.sum_horizontal(_number(part).fill_null(0) for part in parts)
            yield Cells(total, (told > _number(total)).fill_null(value=False))


def _number(item: str) -> pl.Expr:
    return pl.col(item).cast(pl.Int64, strict=False)
