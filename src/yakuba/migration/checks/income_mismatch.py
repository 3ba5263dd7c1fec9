"""A 合計所得金額 that is not the sum of the kinds of income (所得情報) of the same decision.

Judged only where the sum must be plain: no loss, no kind that is halved or taxed apart, and no 所得金額調整控除
(a salary above 8,500,000 yen, or salary and pension together). Where a decision has no kinds, nothing is judged.
Not this rule: the parts of the tax (`sum_mismatch`).

Source: 地方税法 292条 (合計所得金額). Example: 給与 2,020,000, 合計所得金額 2,070,000.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.reference import references
from yakuba.migration.checks._rows import gathered, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.migration.rules import Context, Tables

CATEGORY = "C7"
SEVERITY = Severity.WARNING
HINT_JA = "所得の内訳の合計が合計所得金額と一致しません。"
HINT_EN = "The kinds of income do not add up to the total income."

_TOTAL, _KIND, _GROSS, _NET = "合計所得金額", "所得種別", "収入金額", "所得金額"
_SALARY, _PENSION = "01", "02"
_PLAIN = [_SALARY, _PENSION, "03", "04", "05", "08", "09"]
_HIGH = 8_500_000
"""Salary above which 所得金額調整控除 may apply."""


def rows(tables: Tables, _context: Context) -> pl.LazyFrame:
    """Decisions whose total is not the sum of plain kinds of income."""
    return gathered(
        part
        for name, group in tables.groups.items()
        if {_KIND, _GROSS, _NET} <= group.by_name.keys()
        for part in _totals(tables, name)
    )


def _totals(tables: Tables, name: str) -> Iterator[pl.LazyFrame]:
    for reference in references(tables.groups[name]):
        target = reference.targets[0]
        parent = f"{target.business}/{target.group}"
        if parent in tables.groups and _TOTAL in tables.groups[parent].by_name:
            keys = list(target.items)
            kinds = tables.scan(name, [*reference.items, _KIND, _GROSS, _NET])
            sums = kinds.group_by(reference.items).agg(pl.when(_plain()).then(_number(_NET).sum()).alias("#sum"))
            decisions = tables.scan(parent, [*keys, _TOTAL])
            both = decisions.join(sums, left_on=keys, right_on=list(reference.items))
            yield refused(both.filter((pl.col("#sum") != _number(_TOTAL)).fill_null(value=False)), parent, _TOTAL)


def _number(item: str) -> pl.Expr:
    return pl.col(item).cast(pl.Int64, strict=False)


def _plain() -> pl.Expr:
    """Whether all kinds of one decision are simply added."""
    salary, pension = pl.col(_KIND) == _SALARY, pl.col(_KIND) == _PENSION
    high = (salary & (_number(_GROSS) > _HIGH)).any()
    return (
        pl.col(_KIND).is_in(_PLAIN).all()
        & (_number(_NET) >= 0).fill_null(value=False).all()
        & ~(salary.any() & pension.any())
        & ~high.fill_null(value=True)
    )
