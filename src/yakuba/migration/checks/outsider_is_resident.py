"""A 住登外 person who is a resident under another 宛名番号: same name, birth date and sex.

Names are compared in folded form (異体字, selectors and blanks do not matter). Strangers may agree in all three, so it
is a warning. When the record says who the person is (名寄せ先宛名番号), nothing is left to find out.
Not this rule: one number for two addressees (`number_of_resident`); two records outside the register
(`outsider_duplicate`); two residents (`person_duplicate`).

Source: 不正データ category C8 (住登外 = resident: to be removed before the move); 共通機能標準仕様書 名寄せ.
Example: 住登外者 渡邉　花子, 1980-01-01, 女, and the resident 渡辺　花子 of that day and sex.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._outsiders import LINK, NAME, WHO, folded_name, outsider_groups
from yakuba.migration.checks._rows import HASH, PERSON, current, gathered, hashed, living, refused, resident_groups
from yakuba.migration.contracts import RECORD

if TYPE_CHECKING:
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C8"
SEVERITY = Severity.WARNING
HINT_JA = "住民と同じ人と思われる住登外者です。同じ人なら、移行前に宛名をまとめてください。"
HINT_EN = "This person outside the register seems to be a resident: settle it before the move."

_FOLDED = "#name"
_KEY = [_FOLDED, *WHO[1:]]


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """Rows of 住登外 persons whom a living resident equals."""
    register = [name for name, group in resident_groups(tables) if set(WHO) <= group.by_name.keys()]
    return gathered(_found(tables, name, register, context) for name in outsider_groups(tables) if register)


def _found(tables: Tables, name: str, register: list[str], context: Context) -> pl.LazyFrame:
    known = pl.all_horizontal(pl.col(item) != "" for item in WHO)
    free = pl.col(LINK) == "" if LINK in tables.groups[name].by_name else pl.lit(value=True)
    outside = (
        current(tables, name, [PERSON, *WHO, LINK])
        .filter(known & free)
        .with_columns(folded_name().alias(_FOLDED))
        .with_columns(hashed(_KEY))
        .collect(engine="streaming")
        .lazy()
    )
    residents = pl.concat(
        living(tables, other, context, [PERSON, *WHO]).select(PERSON, *WHO).filter(known) for other in register
    )
    # Folding is dear and names are few: each name of the register is folded once.
    names = residents.select(NAME).unique().with_columns(folded_name().alias(_FOLDED))
    alike = names.join(outside, on=_FOLDED, how="semi").collect(engine="streaming").lazy()
    same = (
        residents.join(alike, on=NAME)
        .with_columns(hashed(_KEY))
        .join(outside, on=HASH, how="semi")
        .select(*_KEY, pl.col(PERSON).alias("#resident"))
    )
    another = outside.join(same, on=_KEY).filter(pl.col("#resident") != pl.col(PERSON))
    return refused(another.unique(["source", RECORD]), name, NAME)
