"""Files of businesses that an old system keeps in plain tables: the columns follow from the catalog's items."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.layouts.read import standard
from yakuba.town.forms._field import Field, File
from yakuba.town.numbering import MUNICIPALITY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from yakuba.layouts.model import Group, Item

_TOWN = "市区町村コード"


def catalog_group(name: str, family: str = "kihon") -> Group:
    """A group of the newest edition, by "業務/グループ"."""
    business, _, group = name.partition("/")
    layout = next(one for one in standard(family).layouts if one.business == business)
    return layout.by_name[group]


def auto(source: str, name: str, group: str, frame: pl.DataFrame, style: Callable[[Item], Field]) -> File:
    """A file with one column for every item that the frame has; the 団体コード is a constant of the system.

    Args:
        source: name of the source. name: file name. group: "業務/グループ". style: how an item is written.
    """
    found = catalog_group(group)
    items = [item for item in found.items if item.name in frame.columns and item.name != _TOWN]
    constants = {_TOWN: MUNICIPALITY} if _TOWN in found.by_name else {}
    return File(source, name, group, [style(item) for item in items], constants)


def standard_file(
    family: str,
    group: str,
    target: str,
    frame: pl.DataFrame,
    names: Mapping[str, str],
    special: Mapping[str, pl.Expr] | None = None,
) -> File:
    """A file in a standard layout: every item of the group is a column, and maps to itself.

    Args:
        family: kihon or chukan. group: group of the records. target: the group of that family.
        frame: the records. names: item of the records → item of the target, where they differ.
        special: items of the target that are made in another way.
    """
    found = catalog_group(target, family)
    origin = {names.get(column, column): column for column in frame.columns}
    fields = []
    for item in found.items:
        if special and item.name in special:
            fields.append(Field(item.name, special[item.name], {item.name: {}}))
        elif item.name in origin:
            fields.append(Field(item.name, pl.col(origin[item.name]), {item.name: {}}))
        else:
            fields.append(Field(item.name, pl.lit(""), {item.name: {}}))
    business = target.partition("/")[0]
    code = next(one.code for one in standard(family).layouts if one.business == business)
    return File(f"{code}_{found.identifier}", f"{code}_{found.identifier}.csv", group, fields, target=target)
