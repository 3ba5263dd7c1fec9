"""A row that points to a record which is not there: a tax of an addressee whom no group knows.

A reference may have several items (年度, 宛名番号, 更正回数) and several places where it may be found (a resident or a
person outside the register). When one of the places is not part of the run, it is a warning only; when none is,
nothing is judged.
Not this rule: an empty reference (`required_missing`).

Source: 基本データリスト, グループ 外部キー. Example: 賦課情報 with a 宛名番号 that neither 住民情報 nor 住登外 has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.reference import references
from yakuba.migration.checks._rows import HASH, filled, gathered, hashed, refused

if TYPE_CHECKING:
    from yakuba.layouts.reference import Reference, Target
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C6"
SEVERITY = Severity.ERROR
HINT_JA = "参照先の記録がありません。番号を確かめてください。"
HINT_EN = "The record it points to is missing: look up the number."


def rows(tables: Tables, _context: Context) -> pl.LazyFrame:
    """Rows whose reference is found in none of its places."""
    return gathered(
        _orphans(tables, name, reference)
        for name, group in tables.groups.items()
        for reference in references(group)
        if _present(tables, reference)
    )


def _present(tables: Tables, reference: Reference) -> list[Target]:
    return [target for target in reference.targets if f"{target.business}/{target.group}" in tables.groups]


def _orphans(tables: Tables, name: str, reference: Reference) -> pl.LazyFrame:
    present = _present(tables, reference)
    parents = pl.concat(
        tables.scan(f"{target.business}/{target.group}", list(target.items)).select(hashed(target.items))
        for target in present
    ).unique()
    items = list(reference.items)
    children = tables.scan(name, items).filter(filled(items)).with_columns(hashed(items))
    whole = len(present) == len(reference.targets)
    # The last item is the one that tells this reference from others of the same row.
    return refused(
        children.join(parents, on=HASH, how="anti"), name, items[-1], severity=None if whole else Severity.WARNING
    )
