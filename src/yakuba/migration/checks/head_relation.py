"""A 世帯主 whose row says another relation at the same time.

Code 世帯主 with other words in 続柄表記, or the 世帯主's own number with another relation, or a head's name that is
not the person's.
Not this rule: a household with two heads or none (`household_head`); chains of relations (`relation_chain`).

Source: 住民記録システム標準仕様書 1.1.10, 1.1.11. Example: 続柄コード1 = 02 (世帯主), 続柄表記 = "妻".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._items import meaning
from yakuba.migration.rules import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C7"
SEVERITY = Severity.ERROR
HINT_JA = "世帯主なのに続柄や世帯主氏名が食い違っています。"
HINT_EN = "A head of household whose relation or name of the head says otherwise."

_HEAD = "世帯主"
_CODE, _WORDS, _HEADS_NAME, _NAME = "続柄コード1", "続柄表記", "世帯主氏名", "氏名"
_BLANKS = "[ 　]"


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Rows whose code is 世帯主 and whose other items say that the person is not."""
    codes = meaning(group, context, _CODE, _HEAD)
    if not codes:
        return
    head, have = pl.col(_CODE).is_in(codes), group.by_name
    if _WORDS in have:
        yield Cells(_CODE, head & ~pl.col(_WORDS).is_in(["", _HEAD]))
        yield Cells(_CODE, ~head & (pl.col(_CODE) != "") & (pl.col(_WORDS) == _HEAD))
    if "続柄コード2" in have:
        yield Cells("続柄コード2", head & (pl.col("続柄コード2") != ""))
    if _HEADS_NAME in have and _NAME in have:
        own, heads = (pl.col(name).str.replace_all(_BLANKS, "") for name in (_NAME, _HEADS_NAME))
        japanese = pl.col("住民種別") == "1" if "住民種別" in have else pl.lit(value=True)
        other = head & (pl.col(_NAME) != pl.col(_HEADS_NAME)) & (pl.col(_HEADS_NAME) != "") & (pl.col(_NAME) != "")
        yield Gated(_HEADS_NAME, japanese & (own != heads), severity=Severity.WARNING, gate=other)
