"""On the 選挙人名簿 although the person moved out more than four months ago, or died months ago.

A voter who moves out stays on the roll, marked, for four months; a dead one is taken off at once. A month more passes,
because the roll is put in order at set days.
Not this rule: voters who are too young (`too_young`), foreign residents on the roll (`resident_kind`).

Source: 公職選挙法 27条, 28条.

Example: 選挙人名簿登録有無 = 1, 住民状態 = 2 (転出者), 消除の異動年月日 2020-04-01.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._dates import calendar
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._items import meaning
from yakuba.migration.checks._limits import limit, months_before

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C7"
SEVERITY = Severity.WARNING
HINT_JA = "転出や死亡から4か月を過ぎた人が選挙人名簿に載ったままです。"
HINT_EN = "Still on the roll of voters four months after moving out or dying."

_FLAG, _STATE, _GONE, _CURRENT = "選挙人名簿登録有無", "住民状態", "消除の異動年月日", "最新フラグ"


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Flags of people who left or died too long ago."""
    if not {_FLAG, _STATE, _GONE, _CURRENT} <= group.by_name.keys():
        return
    removed = pl.col(_STATE).is_in(meaning(group, context, _STATE, "転出者", "死亡者")) & (pl.col(_CURRENT) != "0")
    last = months_before(context.as_of, limit("voter_stays", context.as_of) + 1)
    yield Gated(_FLAG, removed & calendar(_GONE) & (pl.col(_GONE) < last), gate=pl.col(_FLAG) == "1")
