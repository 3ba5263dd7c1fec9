"""A history whose numbers do not run 1, 2, 3 … without a gap: a version is missing.

The finding names the row after the gap. A history that does not start at 1 is a warning only: old systems drop their
oldest versions, and it then names the first row. A version before the first (number 0) is an error, unless the whole
system counts from 0.
Not this rule: a missing or doubled mark of the latest row (`current_row_missing`, `current_row_double`).

Source: 住民記録システム標準仕様書 1.2.1 (宛名番号 + 履歴番号 from 1). Example: 個人履歴番号 1, 2, 4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._history import histories
from yakuba.migration.checks._rows import HASH, NUMBER, gathered, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.migration.checks._history import History
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C5"
SEVERITY = Severity.ERROR
HINT_JA = "履歴番号に欠番があります。抜けた履歴を探してください。"
HINT_EN = "The history has a gap: look for the missing version."

_FROM_ONE = "履歴番号"
_FEW = 0.05
"""Share of histories with a number 0 up to which it is a slip, not the way the system counts."""


def rows(tables: Tables, _context: Context) -> pl.LazyFrame:
    """Rows that follow a gap in their history."""
    return gathered(
        part for history in histories(tables) if history.serial.endswith(_FROM_ONE) for part in _gaps(history, tables)
    )


def _gaps(history: History, tables: Tables) -> Iterator[pl.LazyFrame]:
    numbers = history.rows(tables).select(HASH, NUMBER).drop_nulls().collect(engine="streaming").sort(HASH, NUMBER)
    same = pl.col(HASH) == pl.col(HASH).shift(1)
    step = pl.col(NUMBER) - pl.when(same.fill_null(value=False)).then(pl.col(NUMBER).shift(1)).otherwise(0)
    suspects = numbers.filter(step > 1)[HASH].unique()
    versions = history.of(tables, suspects).filter(pl.col(NUMBER).is_not_null())
    before = pl.col(NUMBER).shift(1).over(history.entity)
    gaps = versions.with_columns(before.alias("#before")).filter(pl.col(NUMBER) - pl.col("#before").fill_null(0) > 1)
    inside, start = gaps.filter(pl.col("#before").is_not_null()), gaps.filter(pl.col("#before").is_null())
    yield refused(inside.lazy(), history.group, history.serial)
    early = numbers.filter(pl.col(NUMBER) < 1)[HASH].unique()
    if 0 < early.len() < numbers[HASH].n_unique() * _FEW:
        found = history.of(tables, early).filter(pl.col(NUMBER) < 1)
        yield refused(found.lazy(), history.group, history.serial)
    yield refused(start.lazy(), history.group, history.serial, severity=Severity.WARNING)
