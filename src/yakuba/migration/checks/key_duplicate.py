"""The same primary key in more than one row.

Rows with equal content are one row written twice (a warning; the pipeline merges them). When the content differs, the
later rows cannot be carried (they would overwrite each other); the first is named too, because nobody knows which one
is right.
Not this rule: an empty key (`key_empty`); the same person under two numbers (`person_duplicate`).

Source: 基本データリスト, グループ 主キー. Example: 宛名番号 100 + 個人履歴番号 3 in two rows with different 住所.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._rows import HASH, among, filled, gathered, hashed, nothing, refused, repeated
from yakuba.migration.contracts import RECORD

if TYPE_CHECKING:
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C5"
SEVERITY = Severity.STOP
HINT_JA = "同じ主キーの行が複数あります。どれが正しいか決めてください。"
HINT_EN = "Several rows have the same key: decide which one is right."


def rows(tables: Tables, _context: Context) -> pl.LazyFrame:
    """All rows of keys that occur more than once."""
    return gathered(_doubles(tables, name) for name, group in tables.groups.items() if group.keys)


def _doubles(tables: Tables, name: str) -> pl.LazyFrame:
    group = tables.groups[name]
    keys = [item.name for item in group.keys]
    items = [item.name for item in group.items]
    asked = tables.scan(name, keys).select(RECORD, hashed(keys)).collect(engine="streaming")
    doubled = repeated(asked[HASH])
    if doubled.is_empty():
        return nothing()
    # Of the other records nothing but their numbers is read again.
    records = asked.filter(pl.col(HASH).is_in(doubled.implode()))[RECORD]
    rows = tables.scan(name, items).filter(pl.col(RECORD).is_in(records.implode()))
    found = among(rows.with_columns(hashed(keys)), doubled).collect(engine="streaming")
    return _judged(found.filter(filled(keys)), keys, items, name)


def _judged(found: pl.DataFrame, keys: list[str], items: list[str], name: str) -> pl.LazyFrame:
    key = pl.struct(keys)
    judged = (
        found.sort("source", RECORD)
        .filter(key.is_duplicated())
        .with_columns(key.is_first_distinct().alias("#first"), hashed(items).alias("#content"))
        .with_columns(
            pl.col("#content").n_unique().over(keys).alias("#contents"),
            (pl.col("#content") == pl.col("#content").first().over(keys)).alias("#equal"),
        )
    )
    severity = (
        pl.when(pl.col("#first") & (pl.col("#contents") > 1))
        .then(pl.lit(str(Severity.ERROR)))
        .when("#equal")
        .then(pl.lit(str(Severity.WARNING)))
    )
    return refused(judged.lazy(), name, keys[0]).with_columns(judged.select(severity.alias("severity"))["severity"])
