"""A record of one person that hangs on a record of another: a payment by B on what A was billed.

The table `persons` names the groups whose person must be the one of the record they point to. Who pays for another is
still entered under the taxpayer's 宛名番号; heirs take over the levy and its payments together.
Not this rule: a reference that leads nowhere (`reference_missing`); names that differ (`copy_differs`).

Source: 地方自治法 231条, 地方税法 (収納, 過誤納). Example: 調定情報 of 宛名番号 100, its 収納情報 of 200.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.model import DataType
from yakuba.layouts.reference import references
from yakuba.migration.checks._data import table
from yakuba.migration.checks._rows import HASH, filled, gathered, hashed, refused
from yakuba.migration.contracts import RECORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C7"
SEVERITY = Severity.WARNING
HINT_JA = "元の記録と宛名番号が違います。どちらの人のものか確かめてください。"
HINT_EN = "Another person than in the record it belongs to: find out whose it is."


def rows(tables: Tables, _context: Context) -> pl.LazyFrame:
    """Rows whose person is not the one of the record they point to."""
    return gathered(
        part for row in table("persons") if row["グループ"] in tables.groups for part in _others(tables, row)
    )


def _others(tables: Tables, row: dict[str, str]) -> Iterator[pl.LazyFrame]:
    name, person, owner = row["グループ"], row["人"], row["親の人"]
    for reference in references(tables.groups[name]):
        target = reference.targets[0]
        parent = f"{target.business}/{target.group}"
        if parent not in tables.groups or person in reference.items or owner not in tables.groups[parent].by_name:
            continue
        items, keys = list(reference.items), list(target.items)
        # Nearly always the most telling key and the person are found together, which is the cheaper question.
        place = _telling(tables.groups[name], items)
        near = tables.scan(parent, [keys[place], owner]).select(hashed([keys[place], owner]))
        children = tables.scan(name, [*items, person]).filter(filled([*items, person]))
        children = children.with_columns(hashed([items[place], person]))
        strange = children.join(near, on=HASH, how="anti").collect(engine="streaming").lazy()
        parents = tables.scan(parent, [*keys, owner]).filter(filled([owner])).rename({owner: "#owner"})
        parents = parents.join(strange, left_on=keys, right_on=items, how="semi")
        # Those whose parent is missing altogether are another rule's.
        others = strange.join(parents.select(*keys, "#owner"), left_on=items, right_on=keys)
        yield refused(others.filter(pl.col(person) != pl.col("#owner")).unique(["source", RECORD]), name, person)


def _telling(group: Group, items: list[str]) -> int:
    """Place of the reference's item that tells most: a number of its own, neither a code nor a year nor a count."""
    plain = (place for place, item in enumerate(items) if group.by_name[item].type is DataType.HALF)
    return next((place for place in plain if not group.by_name[items[place]].codes), 0)
