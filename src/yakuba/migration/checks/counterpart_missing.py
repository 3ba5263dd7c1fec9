"""A record whose other half is missing: a seal without its card, a recipient without a child, a levy without a 賦課.

The table `counterparts` names both halves and when they must be there. Of groups with an end only running records are
judged; a levy only of years that the other group has at all (older ones need not be carried). A levy whose notice
(通知書番号) is known passes under any 宛名番号: heirs may have taken it over. A resident without a 個人番号 may be
waiting for it, and not every town protects by 抑止, so these two are notes.
Not this rule: a reference that leads nowhere (`reference_missing`), which is the other direction.

Source: 印鑑登録証明事務処理要領, 児童手当法, 地方自治法 231条.

Example: 認定番号 5 in 受給者情報, and in no row of 児童情報.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._data import table
from yakuba.migration.checks._rows import HASH, current, filled, gathered, hashed, refused
from yakuba.migration.checks._running import condition, ends, running

if TYPE_CHECKING:
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C6"
SEVERITY = Severity.WARNING
HINT_JA = "対になる記録がありません。抽出漏れがないか確かめてください。"
HINT_EN = "Its other half is missing: see whether the extract is complete."


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """Rows that no row of the other group belongs to."""
    return gathered(_alone(tables, row, context) for row in table("counterparts") if _there(tables, row))


def _there(tables: Tables, row: dict[str, str]) -> bool:
    """Whether both groups are in the run, with the items that tie them."""
    return all(
        row[name] in tables.groups and set(row[items].split("|")) <= tables.groups[row[name]].by_name.keys()
        for name, items in (("グループ", "項目"), ("相手", "相手の項目"))
    )


def _alone(tables: Tables, row: dict[str, str], context: Context) -> pl.LazyFrame:
    name, other = row["グループ"], row["相手"]
    here, there = row["項目"].split("|"), row["相手の項目"].split("|")
    judged, needed = condition(row["条件"], tables.groups[name])
    notice = row["通知書"].split("|")
    items = list(dict.fromkeys([*here, *needed, *filter(None, notice)]))
    owners = running(tables, name, context, items) if ends(name) else _current(tables, name, items)
    others = tables.scan(other, there)
    if row["同じ年度"]:
        years = others.select(there[0]).unique().collect(engine="streaming")[there[0]]
        owners = owners.filter(pl.col(row["同じ年度"]).is_in(years.implode()))
    right, asked = condition(row["相手の条件"], tables.groups[other])
    if asked:
        others = tables.scan(other, [*there, *asked]).filter(right)
    found = others.select(hashed(there))
    alone = owners.filter(judged, filled(here)).with_columns(hashed(here)).join(found, on=HASH, how="anti")
    if row["通知書の相手"] in tables.groups:
        alone = alone.collect(engine="streaming").lazy().with_columns(hashed(notice))
        noticed = tables.scan(row["通知書の相手"], row["通知書の項目"].split("|"))
        noticed = noticed.select(hashed(row["通知書の項目"].split("|")))
        # The few that are alone are looked for, so that no table of all notices is built.
        known = noticed.join(alone.select(HASH), on=HASH, how="semi").unique()
        alone = alone.join(known, on=HASH, how="anti")
    return refused(alone, name, here[0], severity=Severity(row["重さ"]))


def _current(tables: Tables, name: str, items: list[str]) -> pl.LazyFrame:
    missing = [pl.lit("").alias(item) for item in items if item not in tables.groups[name].by_name]
    return current(tables, name, items).with_columns(missing)
