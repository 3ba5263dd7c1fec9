"""A 個人番号, 住民票コード, 在留カード等番号 or 基礎年金番号 that two living persons have.

A 個人番号 or 住民票コード that a living person shares with a removed one is a warning on both: most often the person
came back and was entered anew, where the old 宛名番号 should have been taken again. The card and pension numbers of
removed persons do not count.
Not this rule: a wrong check digit (`check_digit_kojin`); numbers in the records of another business
(`business_number_shared`).

Source: 住民記録システム標準仕様書 4.1.1 (再転入), 11.1; 番号法 7条.
Example: 宛名番号 100 and 200 with the same 個人番号.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._rows import (
    HASH,
    PERSON,
    STATE,
    among,
    current,
    gathered,
    hashed,
    living,
    nothing,
    refused,
    repeated,
    resident_groups,
)

if TYPE_CHECKING:
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C8"
SEVERITY = Severity.ERROR
HINT_JA = "同じ番号を持つ住民が2人以上います。番号を確かめてください。"
HINT_EN = "Two residents have the same number: look up whose it is."

_FOR_LIFE = ("個人番号", "住民票コード")
_NUMBERS = (*_FOR_LIFE, "在留カード等番号", "基礎年金番号")


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """Rows of living persons who share a number with another 宛名番号, and of removed ones who share it with them."""
    return gathered(
        _shared(tables, name, number, context)
        for name, group in tables.groups.items()
        for number in (_NUMBERS if STATE in group.by_name else _FOR_LIFE)
        if number in group.by_name and PERSON in group.by_name
    )


def _shared(tables: Tables, name: str, number: str, context: Context) -> pl.LazyFrame:
    people = current(tables, name, [PERSON, number]).filter(pl.col(number) != "").with_columns(hashed([number]))
    hashes = people.select(HASH).collect(engine="streaming")[HASH]
    found = among(people, repeated(hashes)).collect(engine="streaming")
    found = found.filter(pl.col(PERSON).n_unique().over(number) > 1)
    return nothing() if found.is_empty() else _judged(tables, context, found, name, number)


def _judged(tables: Tables, context: Context, found: pl.DataFrame, name: str, number: str) -> pl.LazyFrame:
    """Living rows of a number that two living persons have; all rows where a living and a removed one have it."""
    lives = pl.col(PERSON).is_in(_alive(tables, context, found).implode())
    living_ones = pl.col(PERSON).filter(lives).n_unique().over(number)
    twice = lives & (living_ones > 1)
    again = (living_ones > 0) & ~twice if number in _FOR_LIFE else pl.lit(value=False)
    judged = found.with_columns(twice=twice, again=again)
    return pl.concat(
        [
            refused(judged.filter("twice").lazy(), name, number),
            refused(judged.filter("again").lazy(), name, number, severity=Severity.WARNING),
        ]
    )


def _alive(tables: Tables, context: Context, found: pl.DataFrame) -> pl.Series:
    """Those of the persons who are living residents; all of them where the run has no register."""
    persons = found.lazy().select(PERSON).unique()
    residents = [
        living(tables, other, context, [PERSON]).select(PERSON).join(persons, on=PERSON, how="semi")
        for other, _ in resident_groups(tables)
    ]
    return pl.concat(residents or [persons]).collect(engine="streaming")[PERSON]
