"""The rules that every checker in the comparison gets: taken from the layout, in words that all of them know."""

from __future__ import annotations

from dataclasses import dataclass

from bench.people import GROUP, MAPPING
from yakuba.layouts.model import DataType, Item, Output
from yakuba.layouts.read import standard

_PATTERNS = {
    DataType.HALF: r"^[ -~]*$",
    DataType.FULL: r"^[^ -~｡-ﾟ]*$",
    DataType.INTEGER: r"^[0-9]*$",
    DataType.DATE: r"^[0-9]{4}-(0[0-9]|1[0-2])-[0-3][0-9]$",
    DataType.TIME: r"^[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?$",
}
_FORM_IS_LENGTH = (DataType.DATE, DataType.TIME, DataType.YEAR)


@dataclass(frozen=True, slots=True)
class Rule:
    """What one item must hold.

    Attributes:
        required: no empty cell. longest: most characters, None = no limit. pattern: of every filled cell.
        codes: accepted values, () = any.
    """

    item: str
    required: bool
    longest: int | None
    pattern: str
    codes: tuple[str, ...]


def rules() -> list[Rule]:
    """Rules of the mapped items, in the order of the layout."""
    layout, group = standard("kihon@2023-09").group(GROUP)
    return [
        Rule(
            item=item.name,
            required=item.key or item.output is Output.REQUIRED,
            longest=None if item.type in _FORM_IS_LENGTH else item.digits,
            pattern=_PATTERNS.get(item.type, ""),
            codes=_codes(item, layout.codes[item.codes].values if item.codes in layout.codes else {}),
        )
        for item in group.items
        if item.name in MAPPING
    ]


def _codes(_item: Item, values: dict[str, str]) -> tuple[str, ...]:
    """A list that the municipality fills itself (任意) accepts anything."""
    return () if "任意" in values else tuple(values)


def keys() -> list[str]:
    """The primary key of the group."""
    _, group = standard("kihon@2023-09").group(GROUP)
    return [item.name for item in group.keys]
