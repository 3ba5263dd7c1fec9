"""A 個人番号 or 住民票コード that two living persons have.

Removed persons do not count: someone who returned may stand in the books twice with one number.
Not this rule: a wrong check digit (`check_digit_kojin`).

Source: 住民記録システム標準仕様書 11.1; 番号法 7条. Example: 宛名番号 100 and 200 with the same 個人番号.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._rows import (
    PERSON,
    STATE,
    among,
    current,
    gathered,
    hashed,
    living,
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

_NUMBERS = ("個人番号", "住民票コード")


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """Rows of living persons who share a number with another 宛名番号."""
    return gathered(
        _shared(tables, name, number, context)
        for name, group in tables.groups.items()
        for number in _NUMBERS
        if number in group.by_name and PERSON in group.by_name
    )


def _shared(tables: Tables, name: str, number: str, context: Context) -> pl.LazyFrame:
    if STATE in tables.groups[name].by_name:
        people = living(tables, name, context, [PERSON, number])
    else:
        people = current(tables, name, [PERSON, number])
        residents = [living(tables, other, context, [PERSON]).select(PERSON) for other, _ in resident_groups(tables)]
        if residents:
            people = people.join(pl.concat(residents).unique(), on=PERSON, how="semi")
    people = people.filter(pl.col(number) != "").with_columns(hashed([number]))
    hashes = people.select("#hash").collect(engine="streaming")["#hash"]
    found = among(people, repeated(hashes)).collect(engine="streaming")
    return refused(found.filter(pl.col(PERSON).n_unique().over(number) > 1).lazy(), name, number)
