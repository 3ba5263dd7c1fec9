"""A 住登外 person or body that has the 宛名番号 of a resident: two different addressees under one number.

Everything that hangs on the number (tax, benefits, letters) would reach the wrong one of the two, so such a number
must be settled before the move. Residents of any state count, removed ones too.
Not this rule: the same number twice among residents (`key_duplicate`); one person under two numbers
(`person_duplicate`).

Source: 共通機能標準仕様書 住登外者宛名番号管理 (duplicates among old systems or with residents' numbers must be removed
before migration). Example: 住登外者 with 宛名番号 1000000019, which a resident has too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._rows import PERSON, gathered, refused, resident_groups

if TYPE_CHECKING:
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C8"
SEVERITY = Severity.ERROR
HINT_JA = "住民と同じ宛名番号の住登外者です。どちらの宛名か確かめ、移行前に番号を分けてください。"
HINT_EN = "An addressee outside the register has a resident's number: settle it before the move."

_OUTSIDE = "住登外者"


def rows(tables: Tables, _context: Context) -> pl.LazyFrame:
    """Rows of 住登外 basic groups whose 宛名番号 a resident has."""
    residents = [tables.scan(name, [PERSON]).select(PERSON) for name, _ in resident_groups(tables)]
    outside = [
        name
        for name, group in tables.groups.items()
        if group.name.startswith(_OUTSIDE) and any(item.name == PERSON for item in group.keys)
    ]
    if not residents or not outside:
        return gathered(())
    numbers = pl.concat(residents).filter(pl.col(PERSON) != "")
    return gathered(
        refused(tables.scan(name, [PERSON]).join(numbers, on=PERSON, how="semi"), name, PERSON) for name in outside
    )
