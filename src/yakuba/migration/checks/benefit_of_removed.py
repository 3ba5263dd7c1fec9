"""A benefit, insurance or seal of somebody who has moved out or was removed, that still has no end.

Not this rule: the dead (`benefit_of_dead`); who stays insured here while living elsewhere (住所地特例, 修学中の特例);
国民年金, which a move inside Japan does not end.

Source: 住民基本台帳法 and the laws of each benefit; 印鑑登録証明事務処理要領.

Example: 国保 資格情報 without 資格喪失年月日 of a person in 住民状態 = 2 (転出者).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._items import meaning
from yakuba.migration.checks._rows import PERSON, STATE, gathered, refused, resident_groups
from yakuba.migration.checks._running import condition, ends, ends_by_move, register, running

if TYPE_CHECKING:
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C7"
SEVERITY = Severity.WARNING
HINT_JA = "転出した人・消除された人の資格・給付・登録が続いています。"
HINT_EN = "A benefit of somebody who has left the register is still running."


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """Running rows of persons in the state 転出者 or その他消除者."""
    gone = {
        code
        for _, group in resident_groups(tables)
        for code in meaning(group, context, STATE, "転出者", "その他消除者")
    }
    names = [name for name in tables.groups if ends(name) and PERSON in tables.groups[name].by_name]
    return gathered(_left(tables, name, context, gone) for name in names if gone and ends_by_move(name) is not None)


def _left(tables: Tables, name: str, context: Context, gone: set[str]) -> pl.LazyFrame:
    counts, items = condition(ends_by_move(name) or "", tables.groups[name])
    rows = running(tables, name, context, [PERSON, *items]).filter(counts).collect(engine="streaming").lazy()
    people = register(tables, [STATE], rows.select(PERSON)).filter(pl.col(STATE).is_in(gone))
    return refused(rows.join(people, on=PERSON, how="semi"), name, ends(name)[0])
