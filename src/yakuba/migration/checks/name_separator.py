"""The 氏名 of a Japanese resident that is not two parts with one full-width blank between them.

None, two, a half-width one, one at the start or at the end: programs that split the name at the blank then find the
wrong parts.
Not this rule: foreign residents; a child without a name yet, or a person with one name only, whose other part is
empty in the row too.

Source: 基本データリスト 031 (氏名: one full-width blank between 氏 and 名).
Example: 氏名 = "見本太郎", 氏_日本人 = "見本", 名_日本人 = "太郎".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._items import meaning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C1"
SEVERITY = Severity.WARNING
HINT_JA = "氏名の氏と名の間は全角空白1字です。区切りを確かめてください。"
HINT_EN = "One full-width blank belongs between 氏 and 名: look at the name."

_NAME, _KIND, _STATE = "氏名", "住民種別", "住民状態"
_PARTS = ("氏_日本人", "名_日本人")
_TWO_PARTS = "^[^ 　]+　[^ 　]+$"


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Names of Japanese residents that have another number of parts."""
    japanese = meaning(group, context, _KIND, "日本人")
    if japanese and group.by_name.keys() >= {_NAME, _STATE}:
        single = pl.lit(value=False)
        if group.by_name.keys() >= set(_PARTS):
            first, second = (pl.col(part) for part in _PARTS)
            alone = pl.when(first == "").then(second).otherwise(first)
            single = ((first == "") != (second == "")) & (pl.col(_NAME) == alone)
        odd = (pl.col(_NAME) != "") & ~pl.col(_NAME).str.contains(_TWO_PARTS)
        yield Gated(_NAME, pl.col(_KIND).is_in(japanese) & ~single, gate=odd)
