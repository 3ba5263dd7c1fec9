"""支援措置 (protection of victims) that runs without a period, or whose end has passed.

It stays active until a person decides: an end date alone lifts nothing.
A measure that is still asked for (申出中, with or without 仮支援措置) counts when it has an end that has passed.
Not this rule: 仮支援措置, which has a start and no end; a measure that is ended.

Source: 住民記録システム標準仕様書 1.1.16, 3.4. Example: 支援措置状態 = 2 (実施中), 支援措置終了年月日 = "2021-03-31".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._items import meaning
from yakuba.migration.rules import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C7"
SEVERITY = Severity.WARNING
HINT_JA = "支援措置の期間がないか過ぎています。担当者が判断するまで実施中として扱います。"
HINT_EN = "The measure has no period or has run out: treated as active until a person decides."

_STATE, _END = "支援措置状態", "支援措置終了年月日"
_FLAGS = ("支援措置フラグ", "支援措置有無", "支援措置対象フラグ")


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Running measures without an end, or with one before the 基準日."""
    if _END not in group.by_name:
        return
    ended = pl.col(_END) < context.as_of.isoformat()
    running = pl.col(_STATE).is_in(meaning(group, context, _STATE, "実施中")) if _STATE in group.by_name else None
    for flag in _FLAGS:
        if flag in group.by_name:
            running = pl.col(flag) == "1"
    if running is not None:
        asked = pl.col(_STATE).is_in(meaning(group, context, _STATE, "申出中")) if _STATE in group.by_name else False
        yield Cells(_END, ended & (running | (asked & (pl.col(_END) != ""))))
