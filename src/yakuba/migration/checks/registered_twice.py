"""One person with two running records where the law allows one: two seals, one child under two recipients.

The table `once` names who may have one of what. Only running records count: a seal that was removed and registered
anew is in order.
Not this rule: one number for two people (`business_number_shared`); two histories that overlap (`current_row_double`).

Source: 印鑑登録証明事務処理要領 (一人一印), 児童手当法 4条, 介護保険法, 高齢者の医療の確保に関する法律.

Example: 宛名番号 100 with the running 印鑑登録番号 7 and 9.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._data import table
from yakuba.migration.checks._rows import HASH, among, filled, gathered, hashed, refused
from yakuba.migration.checks._running import running

if TYPE_CHECKING:
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C8"
SEVERITY = Severity.ERROR
HINT_JA = "一人に一つのはずの登録・資格が二つ続いています。"
HINT_EN = "Two are running where a person may have one: end one of them."


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """Running rows of people who have two."""
    return gathered(
        _double(tables, row, context)
        for row in table("once")
        if row["グループ"] in tables.groups
        and {row["だれ"], row["何"]} <= tables.groups[row["グループ"]].by_name.keys()
    )


def _double(tables: Tables, row: dict[str, str], context: Context) -> pl.LazyFrame:
    name, who, what = row["グループ"], row["だれ"], row["何"]
    alive = running(tables, name, context, [who, what]).filter(filled([who, what]))
    both = alive.with_columns(hashed([who]))
    thing = pl.col(what).hash()
    spread = both.group_by(HASH).agg((thing.min() != thing.max()).alias("#two"))
    found = among(both, spread.filter("#two").select(HASH).collect(engine="streaming")[HASH])
    return refused(found.filter(pl.col(what).n_unique().over(who) > 1), name, what)
