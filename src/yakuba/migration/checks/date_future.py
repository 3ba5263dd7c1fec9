"""A date after the 基準日 that can only lie in the past: births, notifications, processing, registration.

What an office prepares ahead of its day (an insurance that begins with an age, a decision, a card) may lie up to a
year ahead, and no further.
Not this rule: 転出予定年月日, and the 異動日 of a 転出 that is announced; ends and starts of periods, deadlines;
9999-12-31. Those are legal in the future, so only the items below are judged.

Source: 住民記録システム標準仕様書 1.1.9, 4.0.3 (異動日 may not be after the processing day, except 転出).
Example: 生年月日 = "2062-04-01" (meant 1962).
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.model import DataType
from yakuba.migration.checks._dates import calendar
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._items import allowed_values, of_type
from yakuba.migration.checks._names import usual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C2"
SEVERITY = Severity.ERROR
HINT_JA = "基準日より後の日付です。入力誤りがないか確かめてください。"
HINT_EN = "The date lies after the day of reference: look for a slip."

_PAST = re.compile(
    r"(?:生|死亡|異動|届出|申出|申請|処理|操作|受付|登録|住民となった|住所を定めた|通知|収納|領収|記載|更新|作成|申告|請求"
    r"|完納|受診|接種|亡失届出|設立)年?月?日$"
)
_PREPARED = re.compile("(?:取得|喪失|認定|交付|指定|決定|調定|督促|廃車|返納|消滅)年月日$")
_NEVER = re.compile("予定|満了|終了|期限|次回|有効|適用|開始|抹消")
_MOVE = "異動年月日"
_PLANNED = "転出予定年月日"
_OPEN_END = "9999-12-31"
_AHEAD = timedelta(days=366)


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Cells of past-only items that are later than the 基準日, and prepared ones that are later by a year."""
    today, later = context.as_of.isoformat(), (context.as_of + _AHEAD).isoformat()
    for item in of_type(group, DataType.DATE):
        name = usual(item.name)
        if _PAST.search(name) and not _NEVER.search(name):
            value = pl.col(item.name)
            legal = _announced(group, context, today) if name.endswith(_MOVE) else pl.lit(value=False)
            yield Gated(item.name, calendar(item.name) & ~legal, gate=(value > today) & (value != _OPEN_END))
        elif _PREPARED.search(name) and not _NEVER.search(name):
            value = pl.col(item.name)
            yield Gated(item.name, calendar(item.name), gate=(value > later) & (value != _OPEN_END))


def _announced(group: Group, context: Context, today: str) -> pl.Expr:
    """A 転出 that is still to come: planned for a later day, or the reason of the 異動 says 転出."""
    legal = pl.lit(value=False)
    if _PLANNED in group.by_name:
        legal |= pl.col(_PLANNED) > today
    for reason in ("異動事由", "消除の事由"):
        if reason in group.by_name:
            codes = [v for v, text in allowed_values(group.by_name[reason], group, context).items() if "転出" in text]
            legal |= pl.col(reason).is_in(codes) | pl.col(reason).str.contains("転出", literal=True)
    return legal
