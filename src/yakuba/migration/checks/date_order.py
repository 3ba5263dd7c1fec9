"""Two dates of a row in the wrong order: a period that ends before it starts, something before the person's birth.

Only days of the calendar are compared, never unknown dates or the open ends of periods. The table `date_pairs` has the
steps of a procedure (申請 and 登録, 納期限 and 督促), when they hold, and how many years early a foreseen step may be
reported; against a month (年月) only the month of a day counts. A benefit may end in the month before its first one,
when its reason fell away at once.
Not this rule: 住所を定めた年月日 before 住民となった年月日 (`resident_date_order`), which can be legal; days of
two records (`date_before_parent`).

Source: 住民記録システム標準仕様書 11.1 (エラー・アラート); the laws of each procedure, general knowledge.

Example: 資格取得年月日 2020-04-01, 資格喪失年月日 2019-04-01.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.model import DataType
from yakuba.migration.checks._data import table
from yakuba.migration.checks._dates import OPEN_ENDS, calendar
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._items import of_type
from yakuba.migration.checks._names import usual
from yakuba.migration.checks._running import condition

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
_MONTH = r"^[0-9]{4}-(?:0[1-9]|1[0-2])$"
_MONTH_DIGITS = 7
_START, _END = "開始年月", "終了年月"


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """The later-named item of each pair that lies before the other."""
    for first, second in _pairs(group):
        yield _cells(group, first, second)
    for row in table("date_pairs"):
        judged, needed = condition(row["条件"], group)
        if {row["先"], row["後"], *needed} <= group.by_name.keys():
            pair = _cells(group, row["先"], row["後"], Severity(row["重さ"]))
            yield replace(pair, bad=pair.bad & judged & _apart(row["先"], row["後"], row["年"]))
    for item in group.items:
        end = item.name.removesuffix(_START) + _END
        if item.name.endswith(_START) and end in group.by_name:
            yield _months(item.name, end)


def _apart(first: str, second: str, years: str) -> pl.Expr:
    """Whether the days lie so many years apart that the order cannot be meant."""
    if not years:
        return pl.lit(value=True)
    one, two = (pl.col(name).str.head(4).cast(pl.Int32, strict=False) for name in (first, second))
    return (one - two > int(years)).fill_null(value=False)


def _cells(group: Group, first: str, second: str, severity: Severity | None = None) -> Gated:
    earlier, later = pl.col(first), pl.col(second)
    good = calendar(second)
    if second.endswith("年月"):
        earlier, good = earlier.str.head(_MONTH_DIGITS), later.str.contains(_MONTH)
    wrong = calendar(first) & good & _known(group, first) & _known(group, second)
    gate = (later < earlier) & (later != "") & ~later.is_in(OPEN_ENDS) & ~pl.col(first).is_in(OPEN_ENDS)
    return Gated(second, wrong, severity=severity, gate=gate)


def _months(start: str, end: str) -> Gated:
    """Ends before the month before the start."""
    first, last = (_month(name) for name in (start, end))
    wrong = pl.col(start).str.contains(_MONTH) & pl.col(end).str.contains(_MONTH) & (last < first - 1)
    return Gated(end, wrong.fill_null(value=False), gate=(pl.col(end) < pl.col(start)) & (pl.col(end) != ""))


def _month(name: str) -> pl.Expr:
    """Months since the year 0."""
    year, month = (pl.col(name).str.slice(*part).cast(pl.Int32, strict=False) for part in ((0, 4), (5, 2)))
    return year * 12 + month


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
