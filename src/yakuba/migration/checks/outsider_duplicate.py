"""Two 住登外 records with the same name at the same address: one person or body under two 宛名番号.

Birth dates that are both filled and differ make two people (father and son may bear one name); branches of a company
have addresses of their own. Joining the two before the move is wanted, not required, so it is a note.
When one record names another (名寄せ先宛名番号), the two are joined already.
Not this rule: a 住登外 person who is a resident (`outsider_is_resident`).

Source: 共通機能標準仕様書 名寄せ. Example: 宛名番号 100 and 200, both 見本商事 at 見本町１番地.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._outsiders import LINK, NAME, WHO, folded_name, outsider_groups
from yakuba.migration.checks._rows import HASH, PERSON, among, current, gathered, hashed, refused, repeated

if TYPE_CHECKING:
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C8"
SEVERITY = Severity.NOTE
HINT_JA = "同じ住登外者が二つの宛名番号を持っているおそれがあります。名寄せを検討してください。"
HINT_EN = "Perhaps one addressee outside the register under two numbers: think of joining them."

_ADDRESS = ("住所_都道府県", "住所_市区郡町村名", "住所_町字", "住所_番地号表記", "住所_方書")
_BORN = WHO[1]


def rows(tables: Tables, _context: Context) -> pl.LazyFrame:
    """Rows that share folded name and address with a record of another 宛名番号."""
    return gathered(_pairs(tables, name) for name in outsider_groups(tables))


def _pairs(tables: Tables, name: str) -> pl.LazyFrame:
    known = tables.groups[name].by_name
    address = [item for item in _ADDRESS if item in known]
    linked = [LINK] if LINK in known else []
    if not address:
        return gathered(())
    same = ["#name", *address]
    people = (
        current(tables, name, [PERSON, NAME, _BORN, *address, *linked])
        .filter(pl.col(NAME) != "", pl.any_horizontal(pl.col(item) != "" for item in address))
        .filter(*(pl.col(item) == "" for item in linked))
        .with_columns(folded_name().alias("#name"))
        .with_columns(hashed(same))
    )
    hashes = people.select(HASH).collect(engine="streaming")[HASH]
    found = among(people, repeated(hashes)).collect(engine="streaming")
    numbers = pl.col(PERSON).n_unique()
    alike = numbers.over(*same, _BORN) > 1
    nameless = (pl.col(_BORN) == "").any().over(same) & (numbers.over(same) > 1)
    return refused(found.filter(alike | nameless).lazy(), name, NAME)
