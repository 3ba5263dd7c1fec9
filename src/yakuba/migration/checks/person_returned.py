"""Somebody who moved out and seems to have come back under a new 宛名番号, where the old one should be taken again.

Named are a removed person and a living one of the same name (as it stands, full-width blanks aside), birth date and
sex; the dead come back under no number. It is a note: older systems gave new numbers, and joining them is a decision.
Not this rule: two living residents (`person_duplicate`); one 個人番号 under both numbers (`number_duplicate`).

Source: 住民記録システム標準仕様書 4.1.1 (再転入: the former 宛名番号).

Example: 宛名番号 100 (転出者) and 900 (住民), both 見本　花子, 1980-01-01, 女.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._dates import calendar
from yakuba.migration.checks._items import meaning
from yakuba.migration.checks._rows import (
    HASH,
    PERSON,
    STATE,
    among,
    current,
    filled,
    gathered,
    hashed,
    refused,
    repeated,
    resident_groups,
)

if TYPE_CHECKING:
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C8"
SEVERITY = Severity.NOTE
HINT_JA = "転出した人が新しい宛名番号で再転入したと思われます。同じ人なら宛名をまとめてください。"
HINT_EN = "Seems to have come back under a new number: join the two if it is one person."

_WHO = ["氏名", "生年月日", "性別"]


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """Current rows of removed and living persons who seem to be one."""
    return gathered(
        _pairs(tables, name, context) for name, group in resident_groups(tables) if group.by_name.keys() >= set(_WHO)
    )


def _pairs(tables: Tables, name: str, context: Context) -> pl.LazyFrame:
    live, gone = (meaning(tables.groups[name], context, STATE, word) for word in ("住民", "転出者"))
    people = (
        current(tables, name, [PERSON, STATE, *_WHO])
        .filter(pl.col(STATE).is_in([*live, *gone]), filled(_WHO))
        .with_columns(pl.col("氏名").str.replace_all("　", "", literal=True).alias("#name"))
        .with_columns(hashed(["#name", *_WHO[1:]]))
    )
    hashes = people.select(HASH).collect(engine="streaming")[HASH]
    found = among(people, repeated(hashes)).filter(calendar("生年月日")).collect(engine="streaming")
    who = ["#name", *_WHO[1:]]
    both = pl.col(STATE).is_in(live).any().over(who) & pl.col(STATE).is_in(gone).any().over(who)
    return refused(found.filter(both, pl.col(PERSON).n_unique().over(who) > 1).lazy(), name, "氏名")
