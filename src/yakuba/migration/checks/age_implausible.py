"""A resident who would be more than 120 years old: a slip in the birth date, or a death that nobody has reported.

Only current rows of residents with a whole date of birth are judged.
Not this rule: a birth after the 基準日 (`date_future`) or after the arrival (`date_order`).

Source: 住民基本台帳法施行令 12条 (職権消除 of 高齢者 after inquiry). Nobody in Japan has lived to be 120.
Example: 住民状態 = 1 (住民), 生年月日 = "1889-03-01".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._dates import OPEN_ENDS, calendar
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._items import meaning
from yakuba.migration.checks._limits import years_before

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C2"
SEVERITY = Severity.WARNING
HINT_JA = "120歳を超える住民です。生年月日か、生存を確かめてください。"
HINT_EN = "A resident older than 120: look at the birth date, or whether the person is alive."

_BORN, _STATE, _CURRENT = "生年月日", "住民状態", "最新フラグ"
_OLDEST = 120


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Birth dates of residents who would be too old."""
    live = meaning(group, context, _STATE, "住民")
    if not live or _BORN not in group.by_name:
        return
    first = years_before(context.as_of, _OLDEST + 1)
    now = pl.col(_CURRENT) == "1" if _CURRENT in group.by_name else pl.lit(value=True)
    if f"{_BORN}_不詳フラグ" in group.by_name:
        now &= pl.col(f"{_BORN}_不詳フラグ") != "1"
    old = (pl.col(_BORN) <= first) & (pl.col(_BORN) != "") & ~pl.col(_BORN).is_in(OPEN_ENDS)
    yield Gated(_BORN, pl.col(_STATE).is_in(live) & now & calendar(_BORN), gate=old)
