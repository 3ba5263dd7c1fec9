"""Parts that do not add up to their total: 期別税額 and 年税額, 所得割 and 均等割, ways of collection, paid and unpaid.

The table `sums` has the parts of each total, in the row itself or in the rows of another group that point to it.
Judged only where all numbers of the sum are there and are numbers; tolerance 0. What may have been taken off before
(減免, 定額減税) may be missing from the total.
Not this rule: whether the tax itself is right (`tax_step`, `amount_unknown`); the kinds of income (`income_mismatch`).

Source: 不正データ category C7, 移行 worked checks. Example: 期別税額 add up to 116,400, 年税額 is 116,500.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.reference import references
from yakuba.migration.checks._data import table
from yakuba.migration.checks._rows import gathered, refused
from yakuba.migration.checks._running import condition, ends, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.migration.rules import Context, Tables

CATEGORY = "C7"
SEVERITY = Severity.ERROR
HINT_JA = "内訳の合計が総額と一致しません。原本を確かめてください。"
HINT_EN = "The parts do not add up to the total: look at the decision."

_ADD, _MAY_TAKE = "足す", "引くことがある"


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """Rows whose total is not the sum of its parts."""
    return gathered(
        part
        for _, lines in groupby(table("sums"), key=lambda row: row["式"])
        for part in _wrong(tables, context, list(lines))
    )


def _number(item: str) -> pl.Expr:
    return pl.col(item).cast(pl.Int64, strict=False)


def _wrong(tables: Tables, context: Context, lines: list[dict[str, str]]) -> Iterator[pl.LazyFrame]:
    name, total = lines[0]["グループ"], lines[0]["総額"]
    if name not in tables.groups or total not in tables.groups[name].by_name:
        return
    if lines[0]["内訳グループ"]:
        if lines[0]["内訳グループ"] in tables.groups:
            yield _across(tables, context, lines[0])
        return
    lines = [line for line in lines if line["内訳"] in tables.groups[name].by_name]
    if lines:
        found = tables.scan(name, [total, *(line["内訳"] for line in lines)])
        yield refused(found.filter(_apart(total, lines)), name, total)


def _apart(total: str, lines: list[dict[str, str]]) -> pl.Expr:
    """Whether the parts of a row are told and are not the total."""
    parts, told, readable = pl.lit(0, pl.Int64), pl.lit(value=False), pl.lit(value=True)
    taken = pl.lit(0, pl.Int64)
    for line in lines:
        cell, value = pl.col(line["内訳"]), _number(line["内訳"])
        if line["演算"] == _MAY_TAKE:
            taken += value.fill_null(0)
            continue
        told |= cell != ""
        readable &= ((cell == "") & (line["空"] == "0")) | value.is_not_null()
        parts += value.fill_null(0) if line["演算"] == _ADD else -value.fill_null(0)
    # Whichever of the things that may be taken off are taken off, the total lies between these two.
    between = _number(total).is_between(parts - taken.abs(), parts)
    return told & readable & ~between.fill_null(value=True)


def _across(tables: Tables, context: Context, line: dict[str, str]) -> pl.LazyFrame:
    """Totals against the parts in the rows of another group that point to them."""
    name, total, parts, part = line["グループ"], line["総額"], line["内訳グループ"], line["内訳"]
    reference = next(
        one for one in references(tables.groups[parts]) if f"{one.targets[0].business}/{one.targets[0].group}" == name
    )
    keys = dict(zip(reference.items, reference.targets[0].items, strict=True))
    judged, needed = condition(line["内訳の条件"], tables.groups[parts])
    items = [*keys, part, *needed]
    counted = running(tables, parts, context, items) if ends(parts) else tables.scan(parts, items)
    whole = _number(part).is_not_null().all() & judged.all()
    # One part that is no number, or of another kind, makes the sum null, and nothing is judged.
    sums = counted.group_by(list(keys)).agg(pl.when(whole).then(_number(part).sum()).alias("#sum")).rename(keys)
    wanted = [*keys.values(), total]
    owners = running(tables, name, context, wanted) if ends(name) else tables.scan(name, wanted)
    found = owners.join(sums, on=list(keys.values()))
    return refused(found.filter((pl.col("#sum") != _number(total)).fill_null(value=False)), name, total)
