"""Text that fits its item but probably not its place on a certificate, even in small print.

The limits are this program's own (names 40, an address line 80, 本籍 60 characters): the printed forms fix none.
Options: `limit` for all, `limits` for single items.
Not this rule: text longer than the item (`digits_overflow`).

Source: 住民記録システム標準仕様書 文字溢れ (shrink, then alert and 文字超過リスト). Example: a 通称 of 45 characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.characters.lengths import perceived_length
from yakuba.kernel.finding import Severity
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._text import name_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C10"
SEVERITY = Severity.WARNING
HINT_JA = "証明書の欄に収まらないおそれがあります。印字を確かめてください。"
HINT_EN = "May not fit on the certificate: look at a print."

_NAME, _LINE, _FAMILY = 40, 80, 60
_PARTS = ("町字", "番地号表記", "方書")


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Names, 本籍 and whole address lines beyond the limit."""
    options = context.options.get("text_overflow", {})

    def limit(item: str, usual: int) -> int:
        return int(options.get("limits", {}).get(item, options.get("limit", usual)))

    wanted = {item.name: _NAME for item in name_items(group)}
    wanted |= {name: _FAMILY for name in ("本籍",) if name in group.by_name}
    for name, usual in wanted.items():
        value = pl.col(name)
        yield Gated(name, perceived_length(value) > limit(name, usual), gate=value.str.len_chars() > limit(name, usual))
    parts = [name for part in _PARTS if (name := f"住所_{part}") in group.by_name]
    if parts:
        line = limit("住所", _LINE)
        longest = pl.sum_horizontal(pl.col(name).str.len_chars() for name in parts)
        perceived = pl.sum_horizontal(perceived_length(pl.col(name)) for name in parts)
        yield Gated(parts[-1], perceived > line, gate=longest > line)
