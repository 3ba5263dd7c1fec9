"""Roles (役割): which item of a layout plays which part for search and screens, whatever the layout calls it.

The names are data (data/roles.csv): a further family or edition that says the same in other words is one more name.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

RESIDENT_BUSINESS = "住民基本台帳"
OUTSIDER_BUSINESS = "住登外者宛名番号管理"
BUSINESSES = (RESIDENT_BUSINESS, OUTSIDER_BUSINESS, "住登外管理")
"""Businesses whose groups play a role; a group 抑止 of another business is that business's own matter."""
_GROUPS = "#groups"


@cache
def roles(table: str) -> Mapping[str, tuple[str, ...]]:
    """Official item names by role of one table of roles ("resident", "block" …)."""
    return {role: names for role, names in _rows(table) if role != _GROUPS}


@cache
def table_of(business: str, group: str) -> str:
    """Table of roles that a group (official names) fills; "" for the records of other businesses."""
    if business not in BUSINESSES:
        return ""
    return next((table for table in _tables() if group in dict(_rows(table))[_GROUPS]), "")


@cache
def groups_of(table: str) -> tuple[str, ...]:
    """Official names of the groups that fill a table of roles."""
    return dict(_rows(table))[_GROUPS]


def columns_of(table: str, columns: Sequence[str]) -> dict[str, str]:
    """Role → the item of these columns that plays it; roles that nobody plays are left out."""
    there = set(columns)
    found = {role: next((name for name in names if name in there), "") for role, names in roles(table).items()}
    return {role: name for role, name in found.items() if name}


@cache
def _tables() -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["table"] for row in _table()))


@cache
def _rows(table: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((row["role"], tuple(row["names"].split("|"))) for row in _table() if row["table"] == table)


@cache
def _table() -> tuple[dict[str, str], ...]:
    text = files("yakuba.registry").joinpath("data/roles.csv").read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines()))
