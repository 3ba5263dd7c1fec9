"""A number of another business that two have at once: a pension number, an insured number, a seal card, a chassis.

Only current rows count; the table `numbers` names the number, whose it is, and whether ended records count too (a
pension number stays with somebody who left and came back under another 宛名番号; a seal card goes to nobody else).
Not this rule: 個人番号 and 住民票コード (`number_duplicate`); the key of a record (`key_duplicate`).

Source: 国民年金法 14条 (基礎年金番号), 介護保険・後期高齢者医療 被保険者番号, 印鑑登録証明事務処理要領, 道路運送車両法.

Example: 基礎年金番号 9900000001 for 宛名番号 100 and 200.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._data import table
from yakuba.migration.checks._rows import among, current, gathered, hashed, refused, repeated
from yakuba.migration.checks._running import ends, running

if TYPE_CHECKING:
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C8"
SEVERITY = Severity.ERROR
HINT_JA = "同じ番号が二人（二台）に付いています。どちらの番号か確かめてください。"
HINT_EN = "Two have the same number: look up whose it is."

_SCRAPPED, _COUNT = "廃車年月日", "数える"
_NUMBER = r"[0-9０-９]{3}"
"""A real number has three digits in a row at least; 「不明」 and 「打刻なし」 are shared by many."""


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """Rows whose number belongs to another owner too."""
    return gathered(
        _shared(tables, row, context)
        for row in table("numbers")
        if row["グループ"] in tables.groups
        and {row["番号"], row["持ち主"]} <= tables.groups[row["グループ"]].by_name.keys()
    )


def _shared(tables: Tables, row: dict[str, str], context: Context) -> pl.LazyFrame:
    name, number, owner = row["グループ"], row["番号"], row["持ち主"]
    items = [number, owner]
    if row["終わった記録"] == _COUNT:
        alive = current(tables, name, items)
    elif ends(name):
        alive = running(tables, name, context, items)
    else:
        alive = current(tables, name, [*items, _SCRAPPED])
        if _SCRAPPED in tables.groups[name].by_name:
            alive = alive.filter(pl.col(_SCRAPPED) == "")
    alive = alive.filter(pl.col(number).str.contains(_NUMBER)).with_columns(hashed([number]))
    hashes = alive.select("#hash").collect(engine="streaming")["#hash"]
    found = among(alive, repeated(hashes)).collect(engine="streaming")
    return refused(found.filter(pl.col(owner).n_unique().over(number) > 1).lazy(), name, number)
