"""A day of a record that lies before the day of the record it belongs to: a card given out before its seal's 登録.

The table `parent_days` names both days. Of a record with a history the earliest day counts.
Not this rule: two days of one record (`date_order`); a payment before its levy (`paid_before_levy`).

Source: 印鑑登録証明事務処理要領.

Example: 登録年月日 2015-06-01, 登録証交付年月日 1950-01-01.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.reference import references
from yakuba.migration.checks._data import table
from yakuba.migration.checks._dates import OPEN_ENDS, calendar
from yakuba.migration.checks._rows import gathered, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.migration.rules import Context, Tables

CATEGORY = "C2"
SEVERITY = Severity.WARNING
HINT_JA = "元になる記録の日付より前です。別の記録のものでないか確かめてください。"
HINT_EN = "Earlier than the record it belongs to: see whether it belongs to another."


def rows(tables: Tables, _context: Context) -> pl.LazyFrame:
    """Rows whose day is before that of their parent."""
    return gathered(
        part for row in table("parent_days") if row["グループ"] in tables.groups for part in _early(tables, row)
    )


def _early(tables: Tables, row: dict[str, str]) -> Iterator[pl.LazyFrame]:
    name, day, first = row["グループ"], row["日"], row["親の日"]
    if day not in tables.groups[name].by_name:
        return
    for reference in references(tables.groups[name]):
        target = reference.targets[0]
        parent = f"{target.business}/{target.group}"
        if parent in tables.groups and first in tables.groups[parent].by_name:
            keys = list(target.items)
            known = calendar(first) & ~pl.col(first).is_in(OPEN_ENDS)
            starts = tables.scan(parent, [*keys, first]).filter(known).group_by(keys).agg(pl.col(first).min())
            children = tables.scan(name, [*reference.items, day]).filter(calendar(day))
            both = children.join(starts.rename({first: "#first"}), left_on=list(reference.items), right_on=keys)
            yield refused(both.filter(pl.col(day) < pl.col("#first")), name, day, severity=Severity(row["重さ"]))
