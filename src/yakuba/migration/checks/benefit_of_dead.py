"""A benefit, insurance or registration of a dead person that nobody has ended.

Judged are groups that point to a resident and have an item for the end (資格喪失, 受給終了, 支給終了, 消滅, 抹消) that
is empty, and the reference flags (国保資格有無 …) in the resident's own row.
Not this rule: a debt or a tax, which outlives the person.

Source: 不正データ category C7. Example: 国保 資格情報 without 資格喪失年月日 of a person in 住民状態 = 3 (死亡者).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._items import meaning
from yakuba.migration.checks._rows import PERSON, STATE, current, gathered, refused, resident_groups

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.migration.rules import Context, Tables

CATEGORY = "C7"
SEVERITY = Severity.WARNING
HINT_JA = "亡くなった人の資格・給付・登録が続いています。"
HINT_EN = "A benefit of a dead person is still running."

_END = re.compile(r"(?:資格喪失|受給終了|支給終了|受給資格消滅|消滅|抹消)年月日$")
_FLAG = re.compile(r"(?:国保|後期高齢|介護|年金)資格有無$")


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """Running rows of other groups, and flags of the own row, of dead residents."""
    dead = {
        name: codes for name, group in resident_groups(tables) if (codes := meaning(group, context, STATE, "死亡者"))
    }
    if not dead:
        return gathered([])
    numbers = pl.concat(_dead(tables, name, codes, []).select(PERSON) for name, codes in dead.items()).unique()
    buried = numbers.collect(engine="streaming").lazy()
    return gathered((*_flags(tables, dead), *_running(tables, dead, buried)))


def _dead(tables: Tables, name: str, codes: list[str], items: list[str]) -> pl.LazyFrame:
    return current(tables, name, [PERSON, STATE, *items]).filter(pl.col(STATE).is_in(codes))


def _flags(tables: Tables, dead: dict[str, list[str]]) -> Iterator[pl.LazyFrame]:
    for name, codes in dead.items():
        for item in filter(_FLAG.search, tables.groups[name].by_name):
            yield refused(_dead(tables, name, codes, [item]).filter(pl.col(item) == "1"), name, item)


def _running(tables: Tables, dead: dict[str, list[str]], buried: pl.LazyFrame) -> Iterator[pl.LazyFrame]:
    for name, group in tables.groups.items():
        end = next(filter(_END.search, group.by_name), "")
        if end and PERSON in group.by_name and name not in dead:
            rows = current(tables, name, [PERSON, end]).filter(pl.col(end) == "")
            yield refused(rows.join(buried, on=PERSON, how="semi"), name, end)
