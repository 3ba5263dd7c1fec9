"""Which standard group a source is, and which item each column (標準項目への割り当て)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from yakuba.layouts.model import DataType
from yakuba.migration.proposal.conversion import convert
from yakuba.migration.proposal.model import ColumnLook, GroupMatch, ItemMatch
from yakuba.migration.proposal.names import closeness, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.layouts.model import Group, Item, Layout
    from yakuba.layouts.standard import Standard

_EVERYWHERE = {"市区町村コード", "操作者ID", "操作年月日", "操作時刻", "最新フラグ", "削除フラグ", "備考"}
"""Items that nearly every group has: they tell nothing about which group it is."""
_CONSTANT = {"枝番号": "0", "履歴番号": "1"}
"""Key items that a system without histories or branches does not have: all its records are the first."""
_SURE = 0.5
_FEWEST = 3
_SHARE = 0.3
_NAMED = 2.0
_MOST_CODES = 300
_NUMBERS = {DataType.INTEGER, DataType.DECIMAL, DataType.SIGNED}


def match_group(columns: Sequence[ColumnLook], standard: Standard, files: Sequence[str]) -> GroupMatch | None:
    """The group whose items the columns name best; None when no group fits well enough."""
    best: tuple[float, GroupMatch] | None = None
    for layout, group in standard:
        items = _assign(columns, layout, group)
        telling = [match for match in items if match.item not in _EVERYWHERE]
        filled = [column for column in columns if column.filled]
        keys = {item.name for item in group.keys} - _EVERYWHERE
        found = {match.item for match in items}
        if len(telling) < _FEWEST or len(telling) < _SHARE * len(filled) or (keys and not keys & found):
            continue
        weight = sum(match.score for match in telling) - sum(1.0 for key in keys - found)
        weight += _NAMED * _is_named(files, layout, group)
        if best is None or weight > best[0]:
            best = weight, _group(layout, group, items, len(columns))
    return best[1] if best else None


def _group(layout: Layout, group: Group, items: tuple[ItemMatch, ...], columns: int) -> GroupMatch:
    found = {match.item for match in items}
    missing = [item.name for item in group.keys if item.name not in found and item.name != "市区町村コード"]
    constants = [(name, value) for name in missing for end, value in _CONSTANT.items() if name.endswith(end)]
    lacking = [name for name in missing if name not in dict(constants)]
    reason = f"{len(items)} of {columns} columns are items of this group"
    return GroupMatch(layout, group, items, reason, tuple(constants), tuple(lacking))


def _is_named(files: Sequence[str], layout: Layout, group: Group) -> int:
    """Whether a file's name says the group or the business."""
    stems = " ".join(plain(re.sub(r"\.\w+$", "", file)) for file in files)
    words = (group.name, group.identifier, layout.business, layout.identifier)
    return sum(plain(word) in stems for word in words if word)


def _assign(columns: Sequence[ColumnLook], layout: Layout, group: Group) -> tuple[ItemMatch, ...]:
    """One column for an item, one item for a column, the surest pairs first."""
    pairs = []
    for place, column in enumerate(columns):
        for rank, item in enumerate(group.items):
            score, reason = closeness(column.name, item)
            if score and column.filled:
                factor, evidence = _evidence(column, item, layout)
                score, reason = score * factor, f"{reason}; {evidence}" if evidence else reason
            if score >= _SURE:
                pairs.append((-score, rank, place, item, reason))
    taken: set[int] = set()
    done: dict[str, ItemMatch] = {}
    for score, _, place, item, reason in sorted(pairs, key=lambda pair: pair[:3]):
        if place not in taken and item.name not in done:
            taken.add(place)
            done[item.name] = convert(columns[place], item, layout, -score, reason)
    return tuple(done[item.name] for item in group.items if item.name in done)


def _evidence(column: ColumnLook, item: Item, layout: Layout) -> tuple[float, str]:
    """What the values say about a pair that its names suggest: a factor, and a remark."""
    if item.type is DataType.DATE:
        return (1.0, f"dates ({column.form})") if column.form else (0.7, "its values are no dates that can be read")
    if item.type in _NUMBERS and column.kind not in ("number", "code", "date", "postal code"):
        return 0.6, "its values are no numbers"
    if item.codes and item.codes in layout.codes and column.distinct > _MOST_CODES:
        return 0.4, "too many different values for a code"
    if "フリガナ" in item.name and item.type is DataType.FULL and column.kind in ("number", "date"):
        return 0.4, "its values are no kana"
    if item.digits and column.longest > 2 * item.digits:
        return 0.9, f"up to {column.longest} characters, the item has {item.digits}"
    return 1.0, ""
