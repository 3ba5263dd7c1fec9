"""A character of the wrong width class: full width in a half-width item (X), half width in a full-width one (Ｎ).

Not this rule: control characters, characters that are lost or unknown (`private_use`, `mojibake` …), numbers.
Proposed: the same characters in the class of the item.

Source: 基本データリスト 凡例, データ型 X (半角) and Ｎ (全角). Example: 方書 "ﾒｿﾞﾝ山田101", 郵便番号 "１２３４５６７".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.model import DataType
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._text import text_items
from yakuba.migration.checks._width import full_width, half_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C1"
SEVERITY = Severity.ERROR
HINT_JA = "半角の項目に全角、または全角の項目に半角の文字があります。変換規則を足してください。"
HINT_EN = "Half-width characters in a full-width item or the reverse: declare a cleansing rule."

_WRONG = {
    DataType.HALF: r"[^\x00-\x7F\x{80}-\x{9F}]",
    DataType.FULL: r"[\x20-\x7E｡-ﾟ]",
}


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Cells with a character of the other class."""
    for item, gate in text_items(group):
        value = pl.col(item.name)
        narrow = half_width(value)
        half = pl.when(~narrow.str.contains(_WRONG[DataType.HALF])).then(narrow)
        proposal = half if item.type is DataType.HALF else full_width(value)
        yield Gated(item.name, value.str.contains(_WRONG[item.type]), proposal=proposal, gate=gate)
