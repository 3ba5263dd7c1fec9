"""A step of the 住民税 calculation that does not follow from the step before it.

課税標準額 is 総所得金額等 less 所得控除, cut to 1,000 yen; 算出所得割額 is 課税標準額 times a rate of `rates`;
所得割額 is at most 算出所得割額 less 調整控除額, cut to 100 yen (an error: other deductions can only lower it).
The first two are judged only where all income is taxed together (総所得), and where there is something to tax.
Not this rule: the sum of the parts (`sum_mismatch`); 均等割 (`amount_unknown`).

Source: 地方税法 (個人住民税の所得割). Example: 算出所得割 68,400, 調整控除 1,500, 所得割 67,600.
"""

from __future__ import annotations

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
SEVERITY = Severity.WARNING
HINT_JA = "税額計算の前の段階と合わない額です。更正や控除の漏れを確かめてください。"
HINT_EN = "The amount does not follow from the step before it: look at deductions and corrections."

_INCOME, _DEDUCTED, _BASE, _YEAR = "総所得金額等", "所得控除合計額", "課税標準額_総所得", "年度"
_SHARES = ("市町村民税", "道府県民税")
_SLACK = 100
"""Yen that cutting between the steps may take away."""


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Base, tax before credits and tax after them, each against the step before."""
    names = group.by_name.keys()
    together = pl.lit(value=True)
    for item in names:
        if item.startswith("課税標準額_") and item != _BASE:
            together &= pl.col(item).is_in(["", "0"])
    if {_INCOME, _DEDUCTED, _BASE} <= names:
        left = _number(_INCOME) - _number(_DEDUCTED)
        yield _cells(_BASE, together & (_number(_BASE) > 0) & (_number(_BASE) != left // 1000 * 1000))
    for place, share in enumerate(_SHARES):
        before, credit, after = f"{share}_算出所得割額", f"{share}_調整控除額", f"{share}_所得割額"
        if {_BASE, before, _YEAR} <= names:
            yield _cells(before, together & (_number(_BASE) > 0) & ~_rated(before, place))
        if {before, credit, after} <= names:
            most = (_number(before) - _number(credit)).clip(lower_bound=0)
            yield _cells(after, _number(after) > most // 100 * 100, Severity.ERROR)


def _number(item: str) -> pl.Expr:
    return pl.col(item).cast(pl.Int64, strict=False)


def _cells(item: str, bad: pl.Expr, severity: Severity | None = None) -> Cells:
    # What is no number makes the comparison null, and nothing is judged.
    return Cells(item, bad.fill_null(value=False), severity=severity)


def _rated(item: str, place: int) -> pl.Expr:
    """Whether the tax before credits follows from the base by any rate of its year."""
    rates = [(row["年度から"], float(row["市町村" if place == 0 else "道府県"])) for row in table("rates")]
    # A year before the table is not judged; an amount that is no number gives null.
    good = pl.col(_YEAR) < min(year for year, _ in rates)
    for year, rate in rates:
        good |= (pl.col(_YEAR) >= year) & ((_number(item) - _number(_BASE) * rate / 100).abs() < _SLACK)
    return good
