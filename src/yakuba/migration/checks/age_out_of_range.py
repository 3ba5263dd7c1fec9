"""Somebody too young or too old for what the record says: a seal at ten, 介護保険 at fifty, a grown-up child.

The table `ages` names the group, where the birth date is found (in the row, or in the register by 宛名番号), the day on
which the age counts, and the ages. An age is reached on the day before the birthday. Only current rows with a known
birth date are judged, and ages at the 基準日 only where the record is running.
Not this rule: dates in the wrong order (`date_order`).

Source: 年齢計算ニ関スル法律, 印鑑登録証明事務処理要領, 介護保険法 9条, 高齢者の医療の確保に関する法律 50条,
国民年金法 7条, 児童手当法 3条.

Example: 印鑑登録 with 登録年月日 2024-04-01 of a person born 2015-01-01.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._data import table
from yakuba.migration.checks._dates import calendar
from yakuba.migration.checks._rows import PERSON, current, gathered, refused
from yakuba.migration.checks._running import condition, ends, register, running

if TYPE_CHECKING:
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C7"
SEVERITY = Severity.WARNING
HINT_JA = "この記録に合わない年齢です。別の人の記録でないか、生年月日を確かめてください。"
HINT_EN = "The age does not fit this record: see whether it is another person's, or the birth date wrong."

_BORN, _UNKNOWN = "生年月日", "生年月日_不詳フラグ"
_TODAY, _YEAR_START = "基準日", "年度初日"
_APRIL = 4


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """Rows whose person has not reached, or has passed, the age of the table."""
    return gathered(_aged(tables, context, row) for row in table("ages") if row["グループ"] in tables.groups)


def _aged(tables: Tables, context: Context, row: dict[str, str]) -> pl.LazyFrame:
    name, source, day = row["グループ"], row["生年月日"], row["日"]
    counts, needed = condition(row["条件"], tables.groups[name])
    fixed = _fixed(context, day)
    items = dict.fromkeys([source, *needed, *([] if fixed else [day])])
    # A record that has ended may be of somebody who was the right age then.
    people = running(tables, name, context, items) if fixed else _present(tables, name, list(items))
    people = people.filter(counts)
    if source.endswith(PERSON):
        people = people.collect(engine="streaming").lazy()
        known = register(tables, [_BORN, _UNKNOWN], people.select(pl.col(source).alias(PERSON)))
        people = people.join(
            known.filter(pl.col(_UNKNOWN) != "1").select(pl.col(PERSON).alias(source), pl.col(_BORN).alias("#born")),
            on=source,
        )
    else:
        people = people.with_columns(pl.col(source).alias("#born"))
    people = people.with_columns(pl.lit(fixed).alias("#day") if fixed else pl.col(day).alias("#day"))
    people = people.filter(calendar("#born") & calendar("#day"))
    shown = day if not fixed else ends(name)[0] if source == PERSON else source
    return refused(people.filter(_outside(row["最小"], row["最大"])), name, shown, severity=Severity(row["重さ"]))


def _present(tables: Tables, name: str, items: list[str]) -> pl.LazyFrame:
    missing = [pl.lit("").alias(item) for item in items if item not in tables.groups[name].by_name]
    return current(tables, name, items).with_columns(missing)


def _fixed(context: Context, day: str) -> str:
    """The day itself where it is the same for all rows; "" where the row tells it."""
    today = context.as_of
    starts = today.replace(year=today.year - (today.month < _APRIL), month=_APRIL, day=1)
    return {_TODAY: today.isoformat(), _YEAR_START: starts.isoformat()}.get(day, "")


def _outside(youngest: str, oldest: str) -> pl.Expr:
    born, day = pl.col("#born").str.to_date(strict=False), pl.col("#day").str.to_date(strict=False)
    outside = pl.lit(value=False)
    if youngest:
        outside |= _age(born, day.dt.offset_by("1d")) < int(youngest)
    if oldest:
        outside |= _age(born, day) > int(oldest)
    return outside.fill_null(value=False)


def _age(born: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Whole years from one day to another."""
    first, last = (one.dt.year() * 10_000 + one.dt.month().cast(pl.Int32) * 100 + one.dt.day() for one in (born, day))
    return (last - first) // 10_000
