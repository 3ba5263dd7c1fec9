"""The reason of a removal or of a change contradicts what the same row says beside it.

消除の事由 against 住民状態 (死亡 makes a 死亡者, 転出 a 転出者, the others a その他消除者) and, in the current row,
against 異動事由; a reason of removal of a resident who is none of the announced movers; 記載等の種別 against 異動事由.
Not this rule: a removal without its day, a 除票 in the state of a resident (`removed_but_live`); 改製, 再製 and
異動の取消し, which say nothing about the person; 職権消除, which a 転出 may end in as well.

Source: 住民記録システム標準仕様書 1.1.4, 1.2.2. Example: 住民状態 = 2 (転出者), 消除の事由 = 23 (死亡).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._items import allowed_values, meaning
from yakuba.migration.rules import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C7"
SEVERITY = Severity.ERROR
HINT_JA = "異動・消除の事由が、同じ行の住民状態や種別と食い違っています。"
HINT_EN = "The reason contradicts the state or the kind of change in the same row."

_STATE, _REASON, _CHANGE, _KIND = "住民状態", "消除の事由", "異動事由", "記載等の種別"
_REMOVED, _CURRENT, _PLANNED, _DAY = "除票フラグ", "最新フラグ", "転出予定年月日", "消除の異動年月日"
_STATES = {
    "国内転出": ("転出者",),
    "国外転出": ("転出者",),
    "死亡": ("死亡者",),
    "職権消除（帰化等）": ("その他消除者",),
    "職権消除（国籍喪失）": ("その他消除者",),
    "職権消除": ("その他消除者", "転出者"),
}
"""Reason → states that a person removed for it may be in."""
_KINDS = {"1": "記載", "2": "消除", "3": "修正", "4": "修正"}
"""First digit of 異動事由 → 記載等の種別."""


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """States, reasons and kinds that exclude each other."""
    have, state = group.by_name, pl.col(_STATE)
    if have.keys() >= {_STATE, _REASON}:
        filled = pl.col(_REASON) != ""
        removed = ~state.is_in(["", *meaning(group, context, _STATE, "住民")])
        yield from _states(group, context, filled, removed)
        yield Gated(_REASON, _live(group, context) & ~_coming(group, context), gate=filled)
        if _CHANGE in have:
            codes = meaning(group, context, _CHANGE, *_STATES)
            both = pl.col(_CHANGE).is_in(codes) & pl.col(_REASON).is_in(meaning(group, context, _REASON, *_STATES))
            now = pl.col(_CURRENT) == "1" if _CURRENT in have else pl.lit(value=True)
            yield Gated(_CHANGE, both & removed & now & (pl.col(_CHANGE) != pl.col(_REASON)), gate=filled)
    if have.keys() >= {_KIND, _CHANGE}:
        yield from _kinds(group, context)


def _states(group: Group, context: Context, filled: pl.Expr, removed: pl.Expr) -> Iterator[Cells]:
    for reason, states in _STATES.items():
        codes = meaning(group, context, _REASON, reason)
        other = ~pl.col(_STATE).is_in(meaning(group, context, _STATE, *states))
        yield Gated(_STATE, pl.col(_REASON).is_in(codes) & removed & other, gate=filled)


def _live(group: Group, context: Context) -> pl.Expr:
    """A resident whom this row says to be removed for a reason, while 除票フラグ says nothing."""
    live = pl.col(_STATE).is_in(meaning(group, context, _STATE, "住民"))
    live &= pl.col(_REASON).is_in(meaning(group, context, _REASON, *_STATES))
    return live & (pl.col(_REMOVED) != "1") if _REMOVED in group.by_name else live


def _coming(group: Group, context: Context) -> pl.Expr:
    """A 転出 that is announced for a later day: the row may name its reason already."""
    today = context.as_of.isoformat()
    days = [item for item in (_PLANNED, _DAY) if item in group.by_name]
    return pl.any_horizontal(pl.lit(value=False), *(pl.col(day) > today for day in days))


def _kinds(group: Group, context: Context) -> Iterator[Cells]:
    """記載等の種別 that is not the kind of the reason; an announced 転出 changes a live row, so it may be both."""
    reasons = list(allowed_values(group.by_name[_CHANGE], group, context))
    kinds = meaning(group, context, _KIND, "記載", "消除", "修正")
    leaving = (
        pl.col(_STATE).is_in(meaning(group, context, _STATE, "住民"))
        if _STATE in group.by_name
        else pl.lit(value=False)
    )
    for digit, word in _KINDS.items():
        codes = [code for code in reasons if code.startswith(digit)]
        others = [kind for kind in kinds if kind not in meaning(group, context, _KIND, word)]
        wrong = pl.col(_CHANGE).is_in(codes) & pl.col(_KIND).is_in(others)
        yield Cells(_KIND, wrong & ~leaving if word == "消除" else wrong)
