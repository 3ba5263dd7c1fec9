"""A history without a row marked as the latest (最新フラグ), or with the mark on an older version.

Proposed: the mark for the row with the highest number. A history that has ended (削除年月日, 抹消年月日 of its newest
version) may have no latest row.
Not this rule: two marks (`current_row_double`).

Source: 住民記録システム標準仕様書 1.2.1 (the row with the largest number is current).

Example: three rows, all 最新フラグ 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._history import histories, summed
from yakuba.migration.checks._rows import HASH, LATEST, NUMBER, gathered, refused

if TYPE_CHECKING:
    from yakuba.migration.checks._history import History
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C5"
SEVERITY = Severity.ERROR
HINT_JA = "最新の履歴に最新フラグが立っていません。"
HINT_EN = "The newest version is not marked as the latest."

_END = ("削除年月日", "抹消年月日", "廃止年月日")


def rows(tables: Tables, _context: Context) -> pl.LazyFrame:
    """The newest row of each history whose mark is missing or elsewhere."""
    return gathered(_missing(history, tables) for history in histories(tables))


def _missing(history: History, tables: Tables) -> pl.LazyFrame:
    elsewhere = (pl.col("flagged") == 1) & (pl.col("highest_flagged") < pl.col("highest"))
    suspects = summed(history, tables).filter((pl.col("flagged") == 0) | elsewhere)[HASH]
    ends = [item.name for item in tables.groups[history.group].items if item.name.endswith(_END)]
    versions = history.of(tables, suspects, ends)
    marked = (pl.col(LATEST) == "1").sum().over(history.entity)
    newest = versions.with_columns(marked.alias("#marked")).unique(history.entity, keep="last", maintain_order=True)
    bad = newest.filter((pl.col("#marked") < 1) | ((pl.col("#marked") == 1) & (pl.col(LATEST) != "1")))
    running = pl.all_horizontal(pl.col(NUMBER).is_not_null(), *(pl.col(end) == "" for end in ends))
    return refused(bad.filter(running).lazy(), history.group, LATEST, proposal=pl.lit("1"))
