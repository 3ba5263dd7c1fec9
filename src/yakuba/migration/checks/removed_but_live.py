"""Removed and live at the same time: the state, the 除票 flag and the day of 消除 of a row disagree.

Errors: a person who died or was removed without the day of it (an unknown day is told by its 不詳 item); a resident
whose 消除 day has come; a 除票 in the state of a resident.
Not this rule: a 転出 that is announced for a later day: until then the person is a resident; nor an older history row
from the time of the announcement.

Source: 住民記録システム標準仕様書 1.1.4, 4.2. Example: 住民状態 = 2 (転出者), 消除の異動年月日 empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._dates import calendar
from yakuba.migration.checks._items import meaning
from yakuba.migration.rules import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C7"
SEVERITY = Severity.ERROR
HINT_JA = "住民状態・除票フラグ・消除の年月日が食い違っています。"
HINT_EN = "State, removal flag and day of removal contradict each other."

_STATE, _REMOVED, _DAY, _CURRENT = "住民状態", "除票フラグ", "消除の異動年月日", "最新フラグ"


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Rows whose state and day of removal, or flag, exclude each other."""
    live = meaning(group, context, _STATE, "住民")
    if not live or _DAY not in group.by_name:
        return
    resident, state = pl.col(_STATE).is_in(live), pl.col(_STATE)
    told = pl.col(_DAY) != ""
    for companion, empty in ((f"{_DAY}_不詳フラグ", ["", "0"]), (f"{_DAY}_不詳表記", [""])):
        if companion in group.by_name:
            told |= ~pl.col(companion).is_in(empty)
    yield Cells(_DAY, (state != "") & ~resident & ~told)
    current = pl.col(_CURRENT) == "1" if _CURRENT in group.by_name else pl.lit(value=True)
    past = calendar(_DAY) & (pl.col(_DAY) < context.as_of.isoformat())
    yield Cells(_STATE, resident & past & current)
    if _REMOVED in group.by_name:
        yield Cells(_REMOVED, resident & ~past & (pl.col(_REMOVED) == "1"))
