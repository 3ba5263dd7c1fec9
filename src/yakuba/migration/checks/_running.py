"""Qualifications, benefits and registrations that are running (続いている): current, and with no end that has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.layouts.condition import expression, names, parse
from yakuba.layouts.reference import references
from yakuba.migration.checks._data import table
from yakuba.migration.checks._rows import PERSON, current, resident_groups

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context, Tables


_MONTH = 7
"""Characters of a year and month (YYYY-MM)."""


def ends(name: str) -> tuple[str, ...]:
    """Items that tell when a record of a group ends; () for a group that has no end."""
    return next((tuple(row["終わり"].split("|")) for row in table("running") if row["グループ"] == name), ())


def ends_by_move(name: str) -> str | None:
    """Condition under which a move out of the town ends a record ("" = always); None when a move ends none."""
    found = next((row["転出で終わる条件"] for row in table("running") if row["グループ"] == name), "－")
    return None if found == "－" else found


def condition(text: str, group: Group) -> tuple[pl.Expr, frozenset[str]]:
    """A condition of a table as an expression, and the items it looks at; none is always true.

    An item that the layout does not have is asked for as an empty one.
    """
    if not text:
        return pl.lit(value=True), frozenset()
    parsed = parse(text, [*group.by_name, *_words(text)])
    return expression(parsed), names(parsed)


def _words(text: str) -> list[str]:
    return text.replace("(", " ").replace(")", " ").split()


def running(tables: Tables, name: str, context: Context, items: Iterable[str]) -> pl.LazyFrame:
    """Current rows of a group whose ends are empty or in the future, with the ends and `items`.

    Where a row belongs to a record of another group with an end (児童 of a 受給者), that one must be running too.
    """
    group = tables.groups[name]
    last = [end for end in ends(name) if end in group.by_name]
    parent = next(
        (one for one in references(group) if _parent(one.targets[0].business, one.targets[0].group, tables)), None
    )
    keys = list(parent.items) if parent else []
    wanted = dict.fromkeys([*items, *last, *keys])
    missing = [pl.lit("").alias(item) for item in wanted if item not in group.by_name]
    rows = current(tables, name, wanted).with_columns(missing)
    today = context.as_of.isoformat()
    for end in last:
        # The day of an end is the first day without; the month of an end is the last month with.
        ahead = (pl.col(end) > today) | (pl.col(end) == today[:_MONTH])
        rows = rows.filter((pl.col(end) == "") | ahead)
    if parent is None:
        return rows
    target = parent.targets[0]
    alive = running(tables, f"{target.business}/{target.group}", context, target.items)
    return rows.join(alive.select(target.items).unique(), left_on=keys, right_on=list(target.items), how="semi")


def _parent(business: str, group: str, tables: Tables) -> bool:
    name = f"{business}/{group}"
    return bool(ends(name)) and name in tables.groups


def register(tables: Tables, items: Iterable[str], numbers: pl.LazyFrame) -> pl.LazyFrame:
    """Current rows of residents of any state whose 宛名番号 is among `numbers` (column 宛名番号), each person once."""
    return register_rows(tables, items, numbers).unique(PERSON, keep="any")


def register_rows(tables: Tables, items: Iterable[str], numbers: pl.LazyFrame) -> pl.LazyFrame:
    """As `register`, with all rows of a person who wrongly has several current ones."""
    wanted = dict.fromkeys([PERSON, *items])
    parts = []
    for name, group in resident_groups(tables):
        rows = current(tables, name, wanted)
        missing = [pl.lit("").alias(item) for item in wanted if item not in group.by_name]
        parts.append(rows.with_columns(missing).select(*wanted).join(numbers, on=PERSON, how="semi"))
    empty = pl.LazyFrame(schema=dict.fromkeys(wanted, pl.String()))
    return pl.concat([empty, *parts])
