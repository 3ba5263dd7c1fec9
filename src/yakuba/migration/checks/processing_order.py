"""A history whose days of processing go back while its numbers go up.

Rows are numbered when they are processed, so the 処理年月日 of a row is never before that of the row it follows. Only
days of the calendar are compared.
Not this rule: 異動年月日, which a late notification may set back; a missing number (`history_gap`).

Source: 住民記録システム標準仕様書 1.2.1, 4.0.3 (処理日 is always today).
Example: 個人履歴番号 3 processed on 2024-04-01, 個人履歴番号 4 on 2019-04-01.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._dates import OPEN_ENDS, calendar
from yakuba.migration.checks._rows import HASH, NUMBER, gathered, hashed, numbering, refused, resident_groups

if TYPE_CHECKING:
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C7"
SEVERITY = Severity.WARNING
HINT_JA = "履歴番号の順と処理日の順が逆です。"
HINT_EN = "Numbers of the history and days of processing run in opposite order."

_DAY = "処理年月日"


def rows(tables: Tables, _context: Context) -> pl.LazyFrame:
    """Rows processed before the row that they follow."""
    return gathered(
        _backwards(tables, name, *numbered)
        for name, group in resident_groups(tables)
        if _DAY in group.by_name and (numbered := numbering(group))
    )


def _backwards(tables: Tables, name: str, entity: tuple[str, ...], serial: str) -> pl.LazyFrame:
    read = tables.scan(name, [*entity, serial, _DAY]).filter(calendar(_DAY) & ~pl.col(_DAY).is_in(OPEN_ENDS))
    read = read.with_columns(hashed(entity), pl.col(serial).cast(pl.Int64, strict=False).alias(NUMBER)).drop(entity)
    several = read.group_by(HASH).agg(pl.col(NUMBER).min() < pl.col(NUMBER).max()).filter(NUMBER).select(HASH)
    found = read.join(several, on=HASH, how="semi").collect(engine="streaming").sort(HASH, NUMBER)
    follows = (pl.col(HASH) == pl.col(HASH).shift(1)) & (pl.col(NUMBER) > pl.col(NUMBER).shift(1))
    return refused(found.lazy().filter(follows & (pl.col(_DAY) < pl.col(_DAY).shift(1))), name, _DAY)
