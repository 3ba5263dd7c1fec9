"""Half- and full-width spaces before and after a value are taken off.

A cell of spaces only becomes empty: nothing was recorded in it. Spaces inside a value stay.
Not this rule: the space between family and given name (`name_space`).

Source: padding of fixed-width files. Example: "佐藤　一郎　　" → "佐藤　一郎".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.layouts.model import DataType
from yakuba.migration.rules import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C1"
HINT_JA = "前後の空白を取ります。"
HINT_EN = "Spaces around a value are taken off."

_SPACES = " 　"


def fixes(group: Group, _context: Context) -> Iterator[Fix]:
    """Corrections of all items but images."""
    for item in group.items:
        if item.type is not DataType.BLOB:
            value = pl.col(item.name)
            around = value.str.starts_with(" ") | value.str.starts_with("　")
            around |= value.str.ends_with(" ") | value.str.ends_with("　")
            yield Fix(item.name, around, value.str.strip_chars(_SPACES))
