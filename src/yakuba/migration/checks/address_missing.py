"""A resident whose address has no 町字 or no 番地: the 住所 is never empty, and mail and certificates need all of it.

An error where nothing of it is left, or where 町字コード names a 町字 that is not written; a warning otherwise, because
some villages have lots without a 町字, and a few lots have no number.
Not this rule: removed persons and older rows; 都道府県 and 市区町村 (`required_missing`).

Source: 住民記録システム標準仕様書 1.1.6. Example: 住所_町字コード = "0001000", 住所_町字 empty.
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

CATEGORY = "C4"
SEVERITY = Severity.ERROR
HINT_JA = "住民の住所の町字か番地が空です。"
HINT_EN = "The resident's address lacks its 町字 or its 番地."

_AREA, _LOT, _CODE = "住所_町字", "住所_番地号表記", "住所_町字コード"
_STATE, _CURRENT = "住民状態", "最新フラグ"


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Empty 町字 and 番地 in current rows of residents."""
    live = meaning(group, context, _STATE, "住民")
    if not live or not group.by_name.keys() >= {_AREA, _LOT}:
        return
    now = pl.col(_STATE).is_in(live)
    if _CURRENT in group.by_name:
        now &= pl.col(_CURRENT) == "1"
    no_area, no_lot = pl.col(_AREA) == "", pl.col(_LOT) == ""
    coded = pl.col(_CODE).str.contains("[1-9]") if _CODE in group.by_name else pl.lit(value=False)
    yield Gated(_AREA, now & (no_lot | coded), gate=no_area)
    yield Gated(_AREA, now & ~(no_lot | coded), severity=Severity.WARNING, gate=no_area)
    yield Gated(_LOT, now & ~no_area, severity=Severity.WARNING, gate=no_lot)
