"""A 在留カード番号 that is not two letters, eight digits and two letters.

Not this rule: the number of a 特別永住者証明書; an empty number (`conditional_missing`).

Source: 住民記録システム標準仕様書 1.1.2 (在留カード等の番号). Example: 在留カード等番号 = "A12345678CD".
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
SEVERITY = Severity.ERROR
HINT_JA = "在留カードの番号は英字2・数字8・英字2です。カードの記録を確かめてください。"
HINT_EN = "A residence card has 2 letters, 8 digits, 2 letters: look at the card's record."

_NUMBER, _KIND = "在留カード等番号", "在留カード等番号区分"
_FORM = "^[A-Z]{2}[0-9]{8}[A-Z]{2}$"


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Numbers of residence cards in another form."""
    cards = meaning(group, context, _KIND, "在留カード")
    if cards and _NUMBER in group.by_name:
        odd = (pl.col(_NUMBER) != "") & ~pl.col(_NUMBER).str.contains(_FORM)
        yield Gated(_NUMBER, pl.col(_KIND).is_in(cards), gate=odd)
