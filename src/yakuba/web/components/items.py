"""Item list (項目の一覧): label and value, masked ones marked; empty is said as empty, never guessed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from yakuba.web.components._component import Component

HIDDEN = "●" * 6
"""What stands for a masked value: as long for every value, so that it tells nothing."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item.

    Attributes:
        label: official item name. value: as people read it, "" = empty. name: drawn in the font for names.
        masked: the value is not on the page; `value` must be "". href: of a link on the value. wide: takes the row.
        small: what stands behind the value, quieter.
    """

    label: str
    value: str
    name: bool = False
    masked: bool = False
    href: str = ""
    wide: bool = False
    small: str = ""


@dataclass(frozen=True)
class Items(Component):
    """A list of items in two columns that becomes one on a narrow or enlarged page."""

    template: ClassVar[str] = "items.html"
    items: list[Item] = field(default_factory=list)
    hidden: ClassVar[str] = HIDDEN
