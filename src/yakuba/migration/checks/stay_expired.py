"""A foreign resident whose 在留期間 ended more than two months ago.

A renewal that was asked for in time keeps the person lawful for up to two months after the end; after that the notice
of the 入管庁 should have removed the resident or brought the new period.
Not this rule: removed persons; persons without a period (永住者, 特別永住者).

Source: 住民記録システム標準仕様書 11.1; 出入国管理及び難民認定法 20条 6項; months: data/limits.csv.
Example: 住民状態 = 1 (住民), 在留期間の満了の日 = "2019-05-06".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._dates import OPEN_ENDS, calendar
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._items import meaning
from yakuba.migration.checks._limits import limit, months_before

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C2"
SEVERITY = Severity.WARNING
HINT_JA = "在留期間の満了から2か月を過ぎた住民です。在留の状況を確かめてください。"
HINT_EN = "The period of stay ended over two months ago: ask for the present status."

_END, _STATE, _CURRENT = "在留期間の満了の日", "住民状態", "最新フラグ"


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Ends of stay that lie too far back, of residents."""
    live = meaning(group, context, _STATE, "住民")
    if live and _END in group.by_name:
        last = months_before(context.as_of, limit("stay_grace", context.as_of))
        now = pl.col(_CURRENT) == "1" if _CURRENT in group.by_name else pl.lit(value=True)
        over = (pl.col(_END) < last) & (pl.col(_END) != "") & ~pl.col(_END).is_in(OPEN_ENDS)
        yield Gated(_END, pl.col(_STATE).is_in(live) & now & calendar(_END), gate=over)
