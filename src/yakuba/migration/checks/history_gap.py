"""A history whose numbers do not run 1, 2, 3 … without a gap: a version is missing.

The finding names the row after the gap (or the first row, when the history does not start at 1).
Not this rule: a missing or doubled mark of the latest row (`current_row_missing`, `current_row_double`).

Source: 住民記録システム標準仕様書 1.2.1 (宛名番号 + 履歴番号 from 1). Example: 個人履歴番号 1, 2, 4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._history import NUMBER, histories
from yakuba.migration.checks._rows import HASH, gathered, refused

if TYPE_CHECKING:
    from yakuba.migration.checks._history import History
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C5"
SEVERITY = Severity.ERROR
HINT_JA = "履歴番号に欠番があります。抜けた履歴を探してください。"
HINT_EN = "The history has a gap: look for the missing version."

_FROM_ONE = "履歴番号"


def rows(tables: Tables, _context: Context) -> pl.LazyFrame:
    """Rows that follow a gap in their history."""
    return gathered(_gaps(history, tables) for history in histories(tables) if history.serial.endswith(_FROM_ONE))


def _gaps(history: History, tables: Tables) -> pl.LazyFrame:
    numbers = history.rows(tables).select(HASH, NUMBER).drop_nulls().collect(engine="streaming").sort(HASH, NUMBER)
    same = pl.col(HASH) == pl.col(HASH).shift(1)
    step = pl.col(NUMBER) - pl.when(same.fill_null(value=False)).then(pl.col(NUMBER).shift(1)).otherwise(0)
    suspects = numbers.filter(step > 1)[HASH].unique()
    versions = history.of(tables, suspects).filter(pl.col(NUMBER).is_not_null())
    before = pl.col(NUMBER).shift(1).over(history.entity).fill_null(0)
    return refused(versions.filter(pl.col(NUMBER) - before > 1).lazy(), history.group, history.serial)
