"""Watching (見張り): what the plan asks against what there is; raises and ends the alarms that follow from numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.backup.queries.standing import good_of, light_entries
from yakuba.backup.services.alarms import end_alarm, raise_alarm
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from yakuba.backup.models import Entry
    from yakuba.backup.queries.plans import PlanLine

_FEW = 100
"""A table of fewer rows may lose most of them on an ordinary day."""
_HOUR = 3600


def watch(plan: PlanLine) -> int:
    """Raise and end the alarms of one municipality that need no look into the store; gives how many hold now."""
    if plan.paused:
        end_alarm(plan.municipality, *_RULES)
        return 0
    with wall(plan.municipality):
        entries = light_entries(plan.municipality)
        found = {kind: sentence for kind, rule in _RULES.items() if (sentence := rule(plan, entries))}
        for kind, sentence in found.items():
            raise_alarm(plan.municipality, kind, sentence)
        end_alarm(plan.municipality, *(kind for kind in _RULES if kind not in found))
    return len(found)


def _none_yet(plan: PlanLine, entries: Sequence[Entry]) -> str:
    """No good copy although the plan is older than one may be."""
    there = good_of(plan, entries) is not None
    return "" if there or timezone.now() - plan.since < plan.max_age else "良い控えが一つもありません"


def _too_old(plan: PlanLine, entries: Sequence[Entry]) -> str:
    good = good_of(plan, entries)
    if good is None or not good.late:
        return ""
    hours = int(good.age.total_seconds() // _HOUR)
    return f"最後の良い控えは世代 {good.number}（{hours}時間前、上限 {plan.max_age_hours}時間）です"


def _shrunk(plan: PlanLine, entries: Sequence[Entry]) -> str:
    """The newest generation has a table with far fewer rows than the one before, or lacks it."""
    told = [row for row in entries if row.rows]
    if len(told) < 2:  # noqa: PLR2004 - one and the one before
        return ""
    before, now = told[-2].rows, told[-1].rows
    least = 1 - plan.shrink_percent / 100
    lost = [name for name, rows in before.items() if rows >= _FEW and now.get(name, 0) < rows * least]
    return f"世代 {told[-1].number} で行が{plan.shrink_percent}%より多く減りました: {'、'.join(lost)}" if lost else ""


def _quota(plan: PlanLine, entries: Sequence[Entry]) -> str:
    used = sum(row.size for row in entries if row.swept_at is None)
    return f"割当 {plan.quota_mb:,} MiB のうち {used / (1 << 20):,.0f} MiB を使っています" if used > plan.quota else ""


def _behind(plan: PlanLine, entries: Sequence[Entry]) -> str:
    if not plan.second_place:
        return ""
    until = timezone.now() - plan.max_age
    late = [row.number for row in entries if row.replicated_at is None and not row.swept_at and row.received_at < until]
    return f"{len(late):,}個の記入（{late[0]} から）が第二センターへ届いていません" if late else ""


_RULES: dict[str, Callable[[PlanLine, Sequence[Entry]], str]] = {
    "none_yet": _none_yet, "too_old": _too_old, "shrunk": _shrunk, "quota": _quota, "behind": _behind,
}  # fmt: skip
"""By kind of alarm: a sentence, "" while all is well."""
