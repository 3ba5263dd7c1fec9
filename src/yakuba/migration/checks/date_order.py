"""Two dates of a row in the wrong order: a period that ends before it starts, something before the person's birth.

Only days of the calendar are compared, never unknown dates or the open ends of periods.
Not this rule: 住所を定めた年月日 before 住民となった年月日 (`resident_date_order`), which can be legal.

Source: 住民記録システム標準仕様書 11.1 (エラー・アラート).

Example: 資格取得年月日 2020-04-01, 資格喪失年月日 2019-04-01.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.model import DataType
from yakuba.migration.checks._dates import OPEN_ENDS, calendar
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._items import of_type
from yakuba.migration.checks._names import usual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C2"
SEVERITY = Severity.ERROR
HINT_JA = "日付の前後が逆です。どちらが正しいか確かめてください。"
HINT_EN = "The dates are in the wrong order: find out which is right."

_PERIODS = (
    ("開始", "終了"),
    ("開始", "満了"),
    ("取得", "喪失"),
    ("登録", "抹消"),
    ("登録", "廃止"),
    ("交付", "返納"),
    ("指定", "廃止"),
    ("記載", "削除"),
)
_AFTER_BIRTH = (
    "異動年月日", "異動届出年月日", "住民となった年月日", "外国人住民となった年月日", "住所を定めた年月日",
    "記載の異動年月日", "消除の異動年月日", "消除の届出年月日", "転出届出年月日", "転出予定年月日", "死亡年月日",
    "登録年月日", "申請年月日",
    "資格取得年月日", "資格喪失年月日",
)  # fmt: skip
_BIRTH = "生年月日"


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """The later-named item of each pair that lies before the other."""
    for first, second in _pairs(group):
        earlier, later = pl.col(first), pl.col(second)
        wrong = calendar(first) & calendar(second) & _known(group, first) & _known(group, second)
        yield Gated(
            second, wrong, gate=(later < earlier) & (later != "") & ~later.is_in(OPEN_ENDS) & ~earlier.is_in(OPEN_ENDS)
        )


def _pairs(group: Group) -> Iterator[tuple[str, str]]:
    names = [usual(item.name) for item in of_type(group, DataType.DATE)]
    for start, end in _PERIODS:
        for name in names:
            if start in name and name.replace(start, end) in names:
                yield name, name.replace(start, end)
    if _BIRTH in names:
        yield from ((_BIRTH, name) for name in _AFTER_BIRTH if name in names)


def _known(group: Group, name: str) -> pl.Expr:
    flag = f"{name}_不詳フラグ"
    return pl.col(flag) != "1" if flag in group.by_name else pl.lit(value=True)
