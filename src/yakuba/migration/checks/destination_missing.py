"""A 転出 that is confirmed, of a person who moved to no place at all: every item of the 転出先 is empty.

Judged are removed persons with 転出年月日（確定） or 転入通知年月日: the notice that brought the day brought the place.
Not this rule: a 転出 that nobody has confirmed; a place of which only the municipality is known.

Source: 住民記録システム標準仕様書 1.1.1 (items of a 除票), 4.2 (転入通知の受理).
Example: 転入通知年月日 = "2024-04-10", all items 転出先住所（確定） empty.
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

CATEGORY = "C7"
SEVERITY = Severity.WARNING
HINT_JA = "転出が確定しているのに転出先が空です。転入通知を確かめてください。"
HINT_EN = "A confirmed move to no place: look at the notice from the new municipality."

_REASON, _PLACE = "消除の事由", "転出先住所"
_CONFIRMED = ("転出年月日（確定）", "転入通知年月日")


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """The municipality of the 転出先 in rows where nothing of it is filled."""
    places = [name for name in group.by_name if name.startswith(_PLACE)]
    days = [name for name in _CONFIRMED if name in group.by_name]
    moved = meaning(group, context, _REASON, "国内転出", "国外転出")
    if places and days and moved:
        confirmed = pl.any_horizontal(pl.col(day) != "" for day in days)
        nowhere = pl.all_horizontal(pl.col(place) == "" for place in places)
        yield Gated(places[0], confirmed & nowhere, gate=pl.col(_REASON).is_in(moved))
