"""控えのようす: every municipality's copies on one screen, in numbers; what is inside them nobody here can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from yakuba.backup import queries
from yakuba.backup.words import ALARMS, CHECKS
from yakuba.tenancy import queries as tenancy
from yakuba.tenancy.rights import Action
from yakuba.web.components import Bars, Cell, Column, Notice, Row, Series, Table
from yakuba.web.operator.members import group_of
from yakuba.web.screens import Audience, StaffRequest, screen
from yakuba.web.words import date_and_time, day_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from django.http import HttpResponse

    from yakuba.backup.queries import CheckLine, Standing
    from yakuba.tenancy.queries import Member

MIB = 1 << 20
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_COLUMNS: tuple[Column | str, ...] = (
    "団体",
    "最後の良い控え",
    Column("世代", "n"),
    Column("行", "n"),
    Column("大きさ", "n"),
    "第二センター",
    *CHECKS.values(),
)


@screen(Action.OPERATE, audience=Audience.GROUP)
def index(request: StaffRequest) -> HttpResponse:
    """控えのようす of all municipalities of the group."""
    found = {one.plan.municipality: one for one in queries.standings(request.actor)}
    members = tenancy.members(group_of(request))
    shown = [found[member.code] for member in members if member.code in found]
    rows = [_row(found[member.code]) if member.code in found else _without(member) for member in members]
    page = {
        "group": tenancy.group(group_of(request)),
        "notices": [notice for one in shown for notice in alarms(one)],
        "table": Table("控えのようす", _COLUMNS, rows, empty="加入している団体がありません。", quiet=True, walk=True),
        "charts": _charts(shown),
    }
    return render(request, "operator/backup.html", page)


def alarms(one: Standing) -> list[Notice]:
    """What has to be looked at, one box each; an alarm that is over is quieter until somebody has taken notice."""
    place = one.plan.municipality
    return [
        Notice(
            f"{one.plan.name}：{ALARMS.get(alarm.kind, alarm.kind)}",
            f"{alarm.sentence}（{moment(alarm.since)}から{'、解消' if alarm.ended_at else ''}）",
            "info" if alarm.ended_at or alarm.acknowledged_at else "stop",
            reverse("operator:backup_alarm", args=(place, alarm.id)),
            "対処済み" if alarm.acknowledged_at else "確認する",
        )
        for alarm in one.alarms
    ]


def _row(one: Standing) -> Row:
    plan, good = one.plan, one.good
    href = reverse("operator:backup_town", args=(plan.municipality,))
    chips = (("休止", ""),) if plan.paused else tuple((ALARMS.get(it.kind, it.kind), "stop") for it in _open(one))
    name = Cell(plan.name, href, chips=chips, small=plan.municipality)
    age = Cell("まだありません")
    if good:
        late = (("古い", "stop"),) if good.late else ()
        age = Cell(ago(good.age), chips=late, small=f"データの時点 {moment(good.as_of)}")
    size = Cell(f"{one.bytes / MIB:,.0f} MiB", small=f"割当の {one.bytes * 100 / plan.quota:.0f}%")
    second = f"{one.behind:,} 件待ち" if one.behind else "同じ" if plan.second_place else "なし"
    checks = (check(one.checks.get(kind)) for kind in CHECKS)
    generations = Cell(f"{one.generations:,}", small=f"保存命令 {len(one.holds):,}" if one.holds else "")
    return Row((name, age, generations, f"{one.rows:,}", size, second, *checks), gone=plan.paused)


def _open(one: Standing) -> Sequence[queries.AlarmLine]:
    return [alarm for alarm in one.alarms if alarm.ended_at is None]


def _without(member: Member) -> Row:
    href = reverse("operator:backup_town", args=(member.code,))
    rest = [""] * (len(_COLUMNS) - 2)
    return Row((Cell(member.name, href, small=member.code), "計画がまだありません", *rest), gone=True)


def check(line: CheckLine | None) -> Cell:
    """When something was last examined and how it ended."""
    if line is None:
        return Cell("まだ")
    mark = ("合格", "ok") if line.ok else ("不合格", "stop")
    return Cell(day_of(line.at), chips=(mark,))


def _charts(shown: Sequence[Standing]) -> list[Bars]:
    if not shown:
        return []
    names = tuple(one.plan.name for one in shown)
    ages = tuple(round(one.good.age.total_seconds() / _HOUR, 1) if one.good else 0.0 for one in shown)
    sizes = tuple(round(one.bytes / MIB, 1) for one in shown)
    return [
        Bars("最後の良い控えからの時間", names, (Series("時間", ages),), "時間"),
        Bars("控えの大きさ", names, (Series("MiB", sizes),), "MiB"),
    ]


def ago(age: timedelta) -> str:
    """5分前, 3時間前, 2日前."""
    seconds = age.total_seconds()
    if seconds < _HOUR:
        return f"{max(seconds, 0) / _MINUTE:.0f}分前"
    return f"{seconds / _HOUR:.0f}時間前" if seconds < 2 * _DAY else f"{seconds / _DAY:.0f}日前"


def moment(at: datetime | None) -> str:
    """A moment in the installation's time zone; "" for none."""
    return date_and_time(timezone.localtime(at)) if at else ""
