"""Something that begins after the person's death, or ends for a death of somebody who lives.

The table `after_death` names the days that only a living person has (registration, 資格取得), and years of a tax on
who lives on 1 January; 資格喪失 follows the death within a month. The days of a death may differ a little from book
to book, so the table has the days of grace.
Not this rule: what goes on after a death (`benefit_of_dead`).

Source: 地方税法 39条 (賦課期日), the laws of each benefit; 不正データ category C7.

Example: 死亡 2019-03-03, 賦課情報 of 年度 2026; 印鑑 抹消事由 = 死亡 of a person in 住民状態 = 1 (住民).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.model import DataType
from yakuba.migration.checks._data import table
from yakuba.migration.checks._dates import calendar
from yakuba.migration.checks._items import meaning
from yakuba.migration.checks._rows import PERSON, STATE, current, gathered, living, refused, resident_groups
from yakuba.migration.checks._running import ends

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C7"
SEVERITY = Severity.WARNING
HINT_JA = "死亡と食い違う記録です。別の人の記録でないか確かめてください。"
HINT_EN = "At odds with a death: see whether it is another person's record."

_DIED, _UNKNOWN, _REASON = "消除の異動年月日", "消除の異動年月日_不詳フラグ", "事由"
_DEATH = "死亡"


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """Rows that begin after a death; rows that end by one which has not been."""
    registers = [name for name, group in resident_groups(tables) if _DIED in group.by_name]
    if not registers:
        return gathered(())
    deaths = pl.concat(_deaths(tables, name, context) for name in registers)
    deaths = deaths.unique(PERSON).collect(engine="streaming").lazy()
    return gathered((*_late(tables, deaths), *_alive(tables, context)))


def _deaths(tables: Tables, name: str, context: Context) -> pl.LazyFrame:
    codes = meaning(tables.groups[name], context, STATE, "死亡者")
    dead = current(tables, name, [PERSON, STATE, _DIED, _UNKNOWN]).filter(pl.col(STATE).is_in(codes), calendar(_DIED))
    if _UNKNOWN in tables.groups[name].by_name:
        dead = dead.filter(pl.col(_UNKNOWN) != "1")
    return dead.select(PERSON, pl.col(_DIED).alias("#died"))


def _late(tables: Tables, deaths: pl.LazyFrame) -> Iterator[pl.LazyFrame]:
    for row in table("after_death"):
        name, item = row["グループ"], row["項目"]
        group = tables.groups.get(name)
        if group is None or item not in group.by_name:
            continue
        who = next(one.name for one in group.items if one.name.endswith(PERSON))
        of_dead = current(tables, name, [who, item]).join(deaths, left_on=who, right_on=PERSON)
        if group.by_name[item].type is DataType.YEAR:
            # The tax of a year is on who lives when its calendar year begins.
            yield refused(of_dead.filter(pl.col("#died").str.head(4) < pl.col(item)), name, item)
        else:
            days = (pl.col(one).str.to_date(strict=False) for one in (item, "#died"))
            begun, died = days
            late = of_dead.filter(calendar(item)).filter(begun > died.dt.offset_by(f"{row['猶予日']}d"))
            yield refused(late, name, item)


def _alive(tables: Tables, context: Context) -> Iterator[pl.LazyFrame]:
    ended = [
        current(tables, name, [PERSON, item])
        .filter(pl.col(item).is_in(meaning(group, context, item, _DEATH)))
        .with_columns(pl.lit(name).alias("#group"))
        .collect(engine="streaming")
        for name, group in tables.groups.items()
        if ends(name) and PERSON in group.by_name
        for item in _reasons(group)
    ]
    people = [found.select(PERSON) for found in ended if found.height]
    if not people:
        return
    asked = pl.concat(people).unique().lazy()
    alive = pl.concat(
        living(tables, name, context, [PERSON]).select(PERSON).join(asked, on=PERSON, how="semi")
        for name, _ in resident_groups(tables)
    ).collect(engine="streaming")
    for found in ended:
        item = next(one for one in found.columns if _REASON in one)
        for (name,), rows_of in found.join(alive, on=PERSON, how="semi").group_by("#group"):
            yield refused(rows_of.lazy(), str(name), item)


def _reasons(group: Group) -> Iterator[str]:
    """Items that tell why a record ended."""
    return (
        item.name for item in group.items if item.codes and item.name.endswith(("喪失事由", "抹消事由", "消滅事由"))
    )
