"""A well-written date that no calendar has (2023-02-30), where the item does not allow it.

Items that allow 不詳日 (生年月日, 住民となった年月日, 住所を定めた年月日 …) may hold the 29th of February of a common
year, and 00 or 99 for a month or a day that nobody knows. The 30th of February is nowhere right, nor is a date that is
all noughts or all nines: an unknown day is empty or told by its 不詳 item. The 異動年月日 of a move (転入, 転出, 転居,
change of household) is a day of the calendar: only a birth, a death and what corrects them may have another.
The open ends 0000-01-01 and 9999-12-31 are legal everywhere.
Not this rule: another form (`date_form`), words (`unknown_date_words`).

Source: 住民記録システム標準仕様書 1.1.8, 4.0.3; 基本データリスト 凡例. Example: 届出年月日 = "2023-02-29".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.model import DataType
from yakuba.migration.checks._dates import OPEN_ENDS, formed, suspicious
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._items import allowed_values, of_type
from yakuba.migration.checks._names import usual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C2"
SEVERITY = Severity.ERROR
HINT_JA = "暦にない日付です。原本を確かめてください。"
HINT_EN = "No calendar has this day: look at the record."

_TOLERATED = (
    r"^[0-9]{4}-(?:(?:0[1-9]|1[0-2])-(?:00|99|0[1-9]|[12][0-9])|(?:0[13-9]|1[0-2])-30"
    r"|(?:0[13578]|1[02])-31|(?:00|99)-(?:[0-2][0-9]|3[01]|99))$"
)
_NOTHING = ["0000-00-00", "9999-99-99"]
_REASONS = {"異動年月日": "異動事由", "記載の異動年月日": "記載の事由", "消除の異動年月日": "消除の事由"}
_MOVES = re.compile("転入|転出|転居|世帯")


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Cells in the form of a date that are no day."""
    for item in of_type(group, DataType.DATE):
        value = pl.col(item.name)
        bad = formed(item.name) & ~value.is_in(OPEN_ENDS)
        if item.unknown_date:
            leap = value.str.ends_with("-02-29") & _of_a_move(group, context, usual(item.name))
            bad &= ~value.str.contains(_TOLERATED) | value.is_in(_NOTHING) | leap
        yield Gated(item.name, bad, gate=suspicious(item.name))


def _of_a_move(group: Group, context: Context, name: str) -> pl.Expr:
    """Whether the row's reason is a move, and no 不詳フラグ says that the day is unknown."""
    reason, flag = _REASONS.get(name, ""), f"{name}_不詳フラグ"
    if reason not in group.by_name:
        return pl.lit(value=False)
    meanings = allowed_values(group.by_name[reason], group, context)
    moved = pl.col(reason).is_in([value for value, text in meanings.items() if _MOVES.search(text)])
    return moved & (pl.col(flag) != "1") if flag in group.by_name else moved
