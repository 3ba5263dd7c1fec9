"""One municipality's copies (団体の控え): generations, trend, rows by table, alarms, checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from yakuba.backup import queries
from yakuba.backup.services import ask_examination
from yakuba.backup.words import ALARMS, CHECKS, ENTRIES
from yakuba.kernel.errors import CannotContinueError
from yakuba.tenancy.acting import NotFoundError
from yakuba.tenancy.queries import members
from yakuba.tenancy.rights import Action
from yakuba.web.components import Cell, Column, Item, Items, Lines, Row, Series, Table
from yakuba.web.operator.backup import MIB, ago, alarms, moment
from yakuba.web.operator.members import group_of
from yakuba.web.screens import Audience, StaffRequest, screen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from yakuba.backup.queries import EntryLine, Standing, Town
    from yakuba.tenancy.queries import Member

_SMALL = 8 << 20
_ALARMS = ("警報", "内容", "発生", "解消", "確認", "対処")
_CHECKS = ("検査", "日時", "結果", "内容")


def member_of(request: StaffRequest, code: str) -> Member:
    """The municipality, which has to be in the operator's group.

    Raises:
        Http404: it is not.
    """
    found = [one for one in members(group_of(request)) if one.code == code]
    if not found:
        raise Http404
    return found[0]


@screen(Action.OPERATE, audience=Audience.GROUP)
def index(request: StaffRequest, member: str) -> HttpResponse:
    """The page of one municipality; before there is a plan it says how to make one."""
    body = member_of(request, member)
    found = queries.town(request.actor, member)
    page = {"member": body} | (_page(found) if found else {})
    return render(request, "operator/backup_town.html", page)


@screen(Action.OPERATE, audience=Audience.GROUP, methods=("POST",))
def examine(request: StaffRequest, member: str) -> HttpResponse:
    """いま点検する: the worker does it; the page shows its result when it is there."""
    member_of(request, member)
    try:
        ask_examination(request.actor, member, whole=True)
    except NotFoundError as error:
        raise Http404 from error
    except CannotContinueError as error:
        messages.error(request, f"{error.message}。{error.remedy}", extra_tags="stop")
    else:
        messages.success(request, "点検を受け付けました。終わると、この画面に結果が出ます。")
    return redirect("operator:backup_town", member)


def _page(found: Town) -> dict[str, object]:
    standing = found.standing
    told = [one for one in found.entries if one.rows]
    return {
        "notices": alarms(standing),
        "plan": standing.plan,
        "items": Items(_items(standing)),
        "entries": _entries(found.entries),
        "charts": _charts(told) if told else [],
        "rows": _rows(told),
        "alarms": Table("警報の記録", _ALARMS, _alarms(found), empty="警報はありません。", quiet=True),
        "checks": Table("検査の記録", _CHECKS, _checks(found), empty="まだ検査していません。", quiet=True),
    }


def _items(one: Standing) -> list[Item]:
    plan, good = one.plan, one.good
    return [
        Item("最後の良い控え", f"世代 {good.number}（{ago(good.age)}）" if good else "まだありません"),
        Item("データの時点", moment(good.as_of) if good else ""),
        Item("送り手の時刻", moment(good.written_at) if good else ""),
        Item("センターの受領", moment(good.received_at) if good else ""),
        Item("大きさ", f"{one.bytes / MIB:,.1f} MiB", small=f"割当 {plan.quota_mb:,} MiB"),
        Item("世代", f"{one.generations:,}"),
        Item("保存命令（hold）", "、".join(f"世代 {number}" for number in one.holds) or "なし"),
        Item("古さの上限", f"{plan.max_age_hours:,} 時間"),
        Item("消せない日数", f"{plan.lock_days:,} 日"),
        Item("置き場所", plan.place, wide=True),
        Item("第二センター", plan.second_place, wide=True),
        Item("署名鍵の指紋", plan.signer, wide=True),
        Item("連携APの証明書", plan.link, wide=True),
    ]


def _entries(entries: Sequence[EntryLine]) -> Table:
    columns = (
        Column("番号", "n"), "種類", Column("データの時点", "nowrap"), Column("受領", "nowrap"), Column("行", "n"),
        Column("大きさ", "n"), "検査", "第二センター",
    )  # fmt: skip
    rows = [_entry(one) for one in reversed(entries)]
    return Table("台帳", columns, rows, empty="まだ何も届いていません。", quiet=True)


def _entry(one: EntryLine) -> Row:
    chips = (("良い", "ok"),) if one.good else ()
    sized = bool(one.size)
    state = "片付け済み" if one.swept_at else moment(one.verified_at) or "まだ" if sized else ""
    return Row(
        (
            f"{one.number}",
            Cell(ENTRIES.get(one.kind, one.kind), chips=chips),
            moment(one.as_of),
            moment(one.received_at),
            f"{sum(one.rows.values()):,}" if one.rows else "",
            f"{one.size / MIB:,.1f} MiB" if sized else "",
            state,
            "同じ" if one.replicated_at else "",
        ),
        gone=one.swept_at is not None,
    )


def _charts(told: Sequence[EntryLine]) -> list[Lines]:
    days = [timezone.localtime(one.as_of) for one in told if one.as_of]
    labels = tuple(f"{day.month}/{day.day}" for day in days)
    rows = Series("行", tuple(float(sum(one.rows.values())) for one in told))
    unit, bytes_ = ("MiB", MIB) if max(one.size for one in told) > _SMALL else ("KiB", 1 << 10)
    sizes = Series(unit, tuple(round(one.size / bytes_, 1) for one in told))
    return [
        Lines("世代ごとの行の合計", labels, (rows,), "行"),
        Lines("世代ごとに増えた大きさ", labels, (sizes,), unit),
    ]


def _rows(told: Sequence[EntryLine]) -> Table:
    """Rows by table of the newest generation beside the one before; rounded by the sender, so no birth shows."""
    now = told[-1].rows if told else {}
    before = told[-2].rows if len(told) > 1 else {}
    lines = [
        Row((name, f"{now.get(name, 0):,}", f"{before[name]:,}" if name in before else "—"))
        for name in sorted({*now, *before})
    ]
    columns = ("表", Column("最新の世代", "n"), Column("一つ前", "n"))
    return Table("表ごとの行", columns, lines, empty="まだ世代がありません。", quiet=True)


def _alarms(found: Town) -> list[Row]:
    place = found.standing.plan.municipality
    return [
        Row((
            Cell(ALARMS.get(one.kind, one.kind), reverse("operator:backup_alarm", args=(place, one.id))),
            one.sentence, moment(one.since), moment(one.ended_at), moment(one.acknowledged_at), one.reason,
        ))
        for one in found.alarms
    ]  # fmt: skip


def _checks(found: Town) -> list[Row]:
    return [
        Row((
            CHECKS.get(one.kind, one.kind), moment(one.at),
            Cell("", chips=(("合格", "ok"),) if one.ok else (("不合格", "stop"),)), one.sentence,
        ))
        for one in found.checks
    ]  # fmt: skip
