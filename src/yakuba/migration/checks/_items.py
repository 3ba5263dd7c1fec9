"""What several checks ask of a layout: the items of a kind in a group, and the values behind a meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.layouts.model import DataType
from yakuba.migration.checks._names import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group, Item, Layout
    from yakuba.migration.rules import Context

NUMBERS = (DataType.INTEGER, DataType.DECIMAL, DataType.SIGNED)


def of_type(group: Group, *types: DataType) -> Iterator[Item]:
    """Items of a group that have one of the types."""
    return (item for item in group.items if item.type in types)


def named(group: Group, *endings: str) -> Iterator[Item]:
    """Items whose name ends with one of the endings (`世帯主_個人番号` ends with 個人番号)."""
    return (item for item in group.items if item.name.endswith(endings))


def layout_of(group: Group, context: Context) -> Layout | None:
    """The layout that a group belongs to: the one that holds this very object, else one with an equal name."""
    group = group.original if isinstance(group, View) else group
    same_name = None
    for layout in context.layouts.values():
        found = layout.by_name.get(group.name)
        if found is group:
            return layout
        same_name = same_name or (layout if found else None)
    return same_name


def allowed_values(item: Item, group: Group, context: Context) -> dict[str, str]:
    """Value → meaning of the item's code list; {} when it has none or the municipality fills it itself (任意)."""
    layout = layout_of(group, context)
    codes = layout.codes.get(item.codes) if layout and item.codes else None
    return {} if codes is None or "任意" in codes.values else codes.values


def meaning(group: Group, context: Context, item: str, *meanings: str) -> list[str]:
    """Values of an item that mean one of `meanings`; [] when the item or its list is not there."""
    if item not in group.by_name:
        return []
    values = allowed_values(group.by_name[item], group, context)
    return [value for value, text in values.items() if text in meanings]
