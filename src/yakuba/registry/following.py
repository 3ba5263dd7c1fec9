"""Items that follow others (連動する項目): what a change of one item means for the item that says the same in words.

Only what the clerk did not enter follows; the preview shows it like everything else that changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yakuba.registry.display import Shape

_IN_WORDS = (("性別", "性別表記"), ("続柄コード1", "続柄表記"))
"""An item with codes, and the one that has its word."""
_NOT_ENTERED = "0"
"""性別: 不明（未記入）, which has no word in the record."""
_PARTS = (
    ("氏名", "氏_日本人", "名_日本人"),
    ("氏名_フリガナ", "氏_日本人_フリガナ", "名_日本人_フリガナ"),
    ("氏名", "氏", "名"),
)
"""A name and its two parts."""
_SETTLED, _MOVE = "住所を定めた年月日", "転居"


def following(
    shape: Shape, before: Mapping[str, str], cells: Mapping[str, str], reason: str, day: str
) -> Iterator[tuple[str, str]]:
    """Item and cell, for items that follow from what was entered.

    Args:
        before: the row as it was. cells: what was entered. reason: 異動事由 in words. day: 異動年月日, "" for none.
    """
    for code, word in _IN_WORDS:
        if _follows(shape, word, cells) and _changed(code, before, cells):
            yield word, "" if cells[code] == _NOT_ENTERED else _words(shape, code).get(cells[code], "")
    for whole, *parts in _PARTS:
        there = all(part in shape.items for part in parts)
        if there and _follows(shape, whole, cells) and any(_changed(part, before, cells) for part in parts):
            texts = (cells.get(part, before.get(part, "")) for part in parts)
            yield whole, "\u3000".join(text for text in texts if text)
    if reason == _MOVE and day and _follows(shape, _SETTLED, cells):
        yield _SETTLED, day


def _follows(shape: Shape, name: str, cells: Mapping[str, str]) -> bool:
    return name in shape.items and name not in cells


def _changed(name: str, before: Mapping[str, str], cells: Mapping[str, str]) -> bool:
    return name in cells and cells[name] != before.get(name, "")


def _words(shape: Shape, name: str) -> Mapping[str, str]:
    item = shape.items.get(name)
    return shape.layout.codes[item.codes].values if item and item.codes and shape.layout else {}
