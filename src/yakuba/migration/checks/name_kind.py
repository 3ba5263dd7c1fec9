"""A 通称 of somebody who was never a foreign resident, or a 旧氏 of somebody who was never a Japanese one.

Both stay on record when the nationality changes (帰化, 国籍喪失), so every row of the person's history counts.
Not this rule: items of the other kind in the resident's own row (`resident_kind`); 住登外者.

Source: 住民基本台帳法施行令 30条の13 (旧氏), 30条の16 (通称). Example: 通称履歴 of a person in 住民種別 = 1 (日本人).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._items import meaning
from yakuba.migration.checks._rows import PERSON, STATE, gathered, refused, resident_groups

if TYPE_CHECKING:
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C7"
SEVERITY = Severity.ERROR
HINT_JA = "日本人に通称、または外国人に旧氏があります。宛名番号を確かめてください。"
HINT_EN = "通称 of a Japanese or 旧氏 of a foreign resident: look at the number of the person."

_KIND, _OUTSIDE = "住民種別", "住登外者"
_NAMES = {"通称": "外国人", "旧氏": "日本人"}


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """Rows with a name that the person cannot have."""
    named = [
        (name, item, tables.scan(name, [PERSON, item]).filter(pl.col(item) != "").collect(engine="streaming"))
        for name, group in tables.groups.items()
        for item in _NAMES
        if {item, PERSON} <= group.by_name.keys() and STATE not in group.by_name and not group.name.startswith(_OUTSIDE)
    ]
    if not any(found.height for _, _, found in named):
        return gathered(())
    kinds = _kinds(tables, pl.concat(found.select(PERSON) for _, _, found in named).unique(), context)
    return gathered(
        refused(found.lazy().join(kinds.filter(~pl.col(f"#{item}")).lazy(), on=PERSON, how="semi"), name, item)
        for name, item, found in named
    )


def _kinds(tables: Tables, people: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Of each person in the register, whether any row has the kind that may have a name (`#通称`, `#旧氏`)."""
    parts = [
        tables.scan(register, [PERSON, _KIND])
        .join(people.lazy(), on=PERSON, how="semi")
        .filter(pl.col(_KIND) != "")
        .select(
            PERSON,
            *(
                pl.col(_KIND).is_in(meaning(group, context, _KIND, kind)).alias(f"#{item}")
                for item, kind in _NAMES.items()
            ),
        )
        for register, group in resident_groups(tables)
        if meaning(group, context, _KIND, *_NAMES.values())
    ]
    empty = pl.LazyFrame(schema={PERSON: pl.String(), **dict.fromkeys((f"#{item}" for item in _NAMES), pl.Boolean())})
    return pl.concat([empty, *parts]).group_by(PERSON).agg(pl.all().any()).collect(engine="streaming")
