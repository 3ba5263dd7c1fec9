"""A number of another business that two have at once: a pension number, an insured number, a seal card, a chassis.

Only current rows count; the table `numbers` names the number (with the items that it is unique within), whose it is,
and whether ended records count too (a pension number stays with somebody who left and came back under another
宛名番号; a seal card goes to nobody else). Of a number that two households have, the one with fewer members is named.
A notice (通知書番号) for two may be one of heirs, so it is a warning.
Not this rule: 個人番号 and 住民票コード (`number_duplicate`); the key of a record (`key_duplicate`).

Source: 国民年金法 14条 (基礎年金番号), 介護保険・後期高齢者医療 被保険者番号, 印鑑登録証明事務処理要領, 道路運送車両法.

Example: 基礎年金番号 9900000001 for 宛名番号 100 and 200.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._data import table
from yakuba.migration.checks._rows import HASH, among, current, filled, gathered, hashed, nothing, refused
from yakuba.migration.checks._running import ends, running

if TYPE_CHECKING:
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C8"
SEVERITY = Severity.ERROR
HINT_JA = "同じ番号が二人（二台）に付いています。どちらの番号か確かめてください。"
HINT_EN = "Two have the same number: look up whose it is."

_SCRAPPED, _COUNT, _FEWER = "廃車年月日", "数える", "少ない方"
_NUMBER = r"[0-9０-９]{3}"
"""A real number has three digits in a row at least; 「不明」 and 「打刻なし」 are shared by many."""


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """Rows whose number belongs to another owner too."""
    return gathered(
        _shared(tables, row, context)
        for row in table("numbers")
        if row["グループ"] in tables.groups
        and {*row["番号"].split("|"), row["持ち主"]} <= tables.groups[row["グループ"]].by_name.keys()
    )


def _shared(tables: Tables, row: dict[str, str], context: Context) -> pl.LazyFrame:
    name, parts, owner = row["グループ"], row["番号"].split("|"), row["持ち主"]
    number, items = parts[0], [*parts, owner]
    if row["終わった記録"] == _COUNT:
        alive = current(tables, name, items)
    elif ends(name):
        alive = running(tables, name, context, items)
    else:
        alive = current(tables, name, [*items, _SCRAPPED])
        if _SCRAPPED in tables.groups[name].by_name:
            alive = alive.filter(pl.col(_SCRAPPED) == "")
    alive = alive.filter(pl.col(number).str.contains(_NUMBER), filled([*parts, owner]))
    # A number of one owner in many rows (枝番, 期別) is usual, so it is the owners that must differ.
    owners = alive.select(hashed(parts), pl.col(owner).hash().alias("#owner"))
    spread = owners.group_by(HASH).agg((pl.col("#owner").min() != pl.col("#owner").max()).alias("#shared"))
    hashes = spread.filter("#shared").select(HASH).collect(engine="streaming")[HASH]
    if hashes.is_empty():
        return nothing()
    found = among(alive.with_columns(hashed(parts)), hashes).collect(engine="streaming")
    shared = found.filter(pl.col(owner).n_unique().over(parts) > 1)
    if row["名指し"] == _FEWER:
        many = pl.len().over(*parts, owner)
        shared = shared.filter((many < many.max().over(parts)) | (many.min().over(parts) == many.max().over(parts)))
    return refused(shared.lazy(), name, number, severity=Severity(row["重さ"]))
