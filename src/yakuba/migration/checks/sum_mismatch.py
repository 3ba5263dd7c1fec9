"""Parts that do not add up to their total: 期別税額 and 年税額, ways of collection and 年税額, paid and unpaid.

Judged only where all numbers of the sum are there and are numbers; tolerance 0.
Not this rule: whether the tax itself is right (needs the calculation).

Source: 不正データ category C7, 移行 worked checks. Example: 期別税額 add up to 116,400, 年税額 is 116,500.
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
SEVERITY = Severity.ERROR
HINT_JA = "内訳の合計が総額と一致しません。原本を確かめてください。"
HINT_EN = "The parts do not add up to the total: look at the decision."

_TOTAL, _PART = "年税額", "期別税額"
_WAYS = ("普通徴収税額", "給与特別徴収税額", "年金特別徴収税額")
_LEVIED, _PAID, _UNPAID = "調定額", "収納済額", "未納額"


def rows(tables: Tables, _context: Context) -> pl.LazyFrame:
    """Rows whose total is not the sum of its parts."""
    return gathered((*_ways(tables), *_levies(tables), *_instalments(tables)))


def _number(item: str) -> pl.Expr:
    return pl.col(item).cast(pl.Int64, strict=False)


def _ways(tables: Tables) -> Iterator[pl.LazyFrame]:
    for name, group in tables.groups.items():
        ways = [way for way in _WAYS if way in group.by_name]
        if _TOTAL in group.by_name and ways:
            told = pl.any_horizontal(pl.col(way) != "" for way in ways)
            apart = pl.sum_horizontal(_number(way).fill_null(0) for way in ways) != _number(_TOTAL)
            readable = pl.all_horizontal((pl.col(way) == "") | _number(way).is_not_null() for way in ways)
            rows = tables.scan(name, [_TOTAL, *ways]).filter(told & readable & apart.fill_null(value=False))
            yield refused(rows, name, _TOTAL)


def _levies(tables: Tables) -> Iterator[pl.LazyFrame]:
    items = [_LEVIED, _PAID, _UNPAID]
    for name, group in tables.groups.items():
        if group.by_name.keys() >= set(items):
            apart = _number(_LEVIED) - _number(_PAID) != _number(_UNPAID)
            yield refused(tables.scan(name, items).filter(apart.fill_null(value=False)), name, _UNPAID)


def _instalments(tables: Tables) -> Iterator[pl.LazyFrame]:
    for name, group in tables.groups.items():
        if _PART not in group.by_name:
            continue
        for reference in references(group):
            target = reference.targets[0]
            parent = f"{target.business}/{target.group}"
            if parent in tables.groups and _TOTAL in tables.groups[parent].by_name:
                keys = dict(zip(reference.items, target.items, strict=True))
                parts = tables.scan(name, [*keys, _PART]).rename(keys).group_by(target.items)
                # One part that is no number makes the sum null, and nothing is judged.
                total = pl.when(_number(_PART).is_not_null().all()).then(_number(_PART).sum())
                found = tables.scan(parent, [*target.items, _TOTAL]).join(
                    parts.agg(total.alias("#sum")), on=list(target.items)
                )
                yield refused(found.filter((pl.col("#sum") != _number(_TOTAL)).fill_null(value=False)), parent, _TOTAL)
