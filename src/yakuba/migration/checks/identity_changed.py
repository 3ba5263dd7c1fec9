"""A person whose birth date, sex or 住民票コード changes from one row of the history to another, for no stated reason.

Named are the rows that differ from most rows of the same stretch; the later one decides between equals. A stretch ends
where a row says why the value may be new: 職権修正, 誤記修正, 異動の取消し, any 記載, and for the 住民票コード its own
変更請求 and 職権記載.
Not this rule: a value that is empty in some rows; birth dates that no calendar has (`date_impossible` and others);
codes that no list has (`code_unknown`).

Source: 住民記録システム標準仕様書 1.2.1, 1.2.2.
Example: 個人履歴番号 2 with 生年月日 1961-11-11, all other rows with 1971-11-11.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._dates import calendar
from yakuba.migration.checks._items import allowed_values
from yakuba.migration.checks._rows import HASH, NUMBER, among, gathered, hashed, numbering, refused, resident_groups

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C7"
SEVERITY = Severity.WARNING
HINT_JA = "同じ人の履歴の中で生年月日・性別・住民票コードが理由なく変わっています。"
HINT_EN = "Birth date, sex or code changes within a history without a reason."

_REASON, _STRETCH = "異動事由", "#stretch"
_EXCUSES = ("職権修正", "誤記修正", "異動の取消し")
_OWN = {"生年月日": (), "性別": (), "住民票コード": ("住民票コード",)}
"""Item → reasons beside the common ones after which it may be new, by how they begin."""


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """Rows of histories whose constant items are not constant."""
    return gathered(
        part
        for name, group in resident_groups(tables)
        if numbering(group) and _REASON in group.by_name
        for part in _histories(tables, name, context)
    )


def _histories(tables: Tables, name: str, context: Context) -> Iterator[pl.LazyFrame]:
    group = tables.groups[name]
    entity, serial = numbering(group) or ((), "")
    items = [item for item in _OWN if item in group.by_name]
    read = tables.scan(name, [*entity, serial, _REASON, *items]).with_columns(
        hashed(entity), pl.col(serial).cast(pl.Int64, strict=False).alias(NUMBER)
    )
    mixed = pl.concat_str(items, separator="\x1f").hash()
    spread = read.group_by(HASH).agg((mixed.min() != mixed.max()).alias("#unlike"))
    suspects = spread.filter("#unlike").select(HASH).collect(engine="streaming")[HASH]
    found = among(read, suspects).collect(engine="streaming").sort(*entity, NUMBER)
    for item in items:
        excused = pl.col(_REASON).is_in(_reasons(group, context, _OWN[item]))
        codes = allowed_values(group.by_name[item], group, context)
        sound = calendar(item) if item.endswith("年月日") else pl.col(item) != ""
        told = found.with_columns(excused.cum_sum().over(entity).alias(_STRETCH)).filter(
            sound & pl.col(item).is_in(list(codes)) if codes else sound
        )
        yield refused(_odd(told, item, list(entity)), name, item)


def _reasons(group: Group, context: Context, own: tuple[str, ...]) -> list[str]:
    """Codes of 異動事由 after which a value may differ from before."""
    values = allowed_values(group.by_name[_REASON], group, context)
    return [code for code, text in values.items() if code.startswith("1") or text.startswith((*_EXCUSES, *own))]


def _odd(told: pl.DataFrame, item: str, entity: list[str]) -> pl.LazyFrame:
    """Rows that say something else than their stretch does."""
    stretch = [*entity, _STRETCH]
    counted = told.lazy().with_columns(pl.len().over(*stretch, item).alias("#many"))
    return counted.filter(pl.col(item) != pl.col(item).sort_by("#many", NUMBER).last().over(stretch))
