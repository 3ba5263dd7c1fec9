"""A history with two or more rows marked as the latest (最新フラグ).

Each marked row except the newest is named; proposed for it: no mark.
Not this rule: no mark at all (`current_row_missing`).

Source: 住民記録システム標準仕様書 1.2.1. Example: 個人履歴番号 2 and 3 of a person both with 最新フラグ 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._history import histories, summed
from yakuba.migration.checks._rows import HASH, LATEST, gathered, refused

if TYPE_CHECKING:
    from yakuba.migration.checks._history import History
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C5"
SEVERITY = Severity.ERROR
HINT_JA = "最新フラグが複数の履歴に立っています。"
HINT_EN = "Several versions are marked as the latest."


def rows(tables: Tables, _context: Context) -> pl.LazyFrame:
    """Marked rows of a history other than its last marked one."""
    return gathered(_doubles(history, tables) for history in histories(tables))


def _doubles(history: History, tables: Tables) -> pl.LazyFrame:
    suspects = summed(history, tables).filter(pl.col("flagged") > 1)[HASH]
    marked = history.of(tables, suspects).filter(pl.col(LATEST) == "1")
    older = marked.filter(~pl.struct(history.entity).is_last_distinct())
    return refused(older.lazy(), history.group, LATEST, proposal=pl.lit("0"))
