"""A 郵便番号 with a hyphen or 〒 loses them.

Only when seven digits are left; anything else stays for the check `postal_code`.

Source: 基本データリスト, 郵便番号 X 7. Example: "〒100-0014" → "1000014".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.migration.checks._items import named
from yakuba.migration.checks._width import half_width_digits
from yakuba.migration.rules import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C12"
HINT_JA = "郵便番号のハイフンと〒を取ります。"
HINT_EN = "Hyphen and 〒 are taken out of postal codes."

_HYPHENATED = "^〒? ?[0-9０-９]{3}[-－−‐―ー][0-9０-９]{4}$|^〒 ?[0-9０-９]{7}$"


def fixes(group: Group, _context: Context) -> Iterator[Fix]:
    """Corrections of postal codes."""
    for item in named(group, "郵便番号"):
        value = pl.col(item.name)
        bare = half_width_digits(value.str.replace_all("[^0-9０-９]", ""))
        yield Fix(item.name, value.str.contains(_HYPHENATED), bare)
