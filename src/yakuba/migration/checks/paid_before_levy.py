"""A payment (領収年月日, 収納年月日) from before its levy was made (調定年月日).

Judged against first levies (当初, 随時) only: a corrected levy has a new day, and the payments keep theirs. A tax that
is declared and paid first and levied afterwards (法人住民税) is not judged.
Not this rule: 領収 and 収納 in the wrong order (`date_order`).

Source: 地方自治法 231条 (調定). Example: 調定年月日 2026-06-01, 領収年月日 2019-06-10.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.reference import references
from yakuba.migration.checks._dates import calendar
from yakuba.migration.checks._items import meaning
from yakuba.migration.checks._rows import gathered, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.migration.rules import Context, Tables

CATEGORY = "C7"
SEVERITY = Severity.WARNING
HINT_JA = "調定より前の日付の収納です。別の調定への収納でないか確かめてください。"
HINT_EN = "Paid before it was levied: see whether the payment belongs to another levy."

_LEVIED, _KIND, _TAX = "調定年月日", "調定区分", "税目コード"
_PAID = ("領収年月日", "収納年月日")


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """Payments that lie before the day of their levy."""
    return gathered(
        part
        for name, group in tables.groups.items()
        if set(_PAID) & group.by_name.keys()
        for part in _early(tables, name, context)
    )


def _early(tables: Tables, name: str, context: Context) -> Iterator[pl.LazyFrame]:
    group = tables.groups[name]
    for reference in references(group):
        target = reference.targets[0]
        parent = f"{target.business}/{target.group}"
        if parent not in tables.groups or not {_LEVIED, _KIND} <= tables.groups[parent].by_name.keys():
            continue
        keys = list(target.items)
        levies = tables.scan(parent, list(dict.fromkeys([*keys, _LEVIED, _KIND, _TAX])))
        later = meaning(tables.groups[parent], context, _TAX, "法人住民税")
        first = [*meaning(tables.groups[parent], context, _KIND, "当初", "随時"), ""]
        levies = levies.filter(~pl.col(_TAX).is_in(later) & pl.col(_KIND).is_in(first) & calendar(_LEVIED))
        levies = levies.select(*keys, pl.col(_LEVIED).alias("#levied")).unique(keys)
        days = [day for day in _PAID if day in group.by_name]
        paid = tables.scan(name, [*reference.items, *days])
        both = paid.join(levies, left_on=list(reference.items), right_on=keys)
        for day in days:
            yield refused(both.filter(calendar(day) & (pl.col(day) < pl.col("#levied"))), name, day)
