"""コンビニ交付: what can be had at machines at this moment, and why not; planned stops; who is let in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from yakuba.certificates.kinds import kinds
from yakuba.issuance.kiosk import administration, queries
from yakuba.issuance.kiosk.planned_stops import end_stop
from yakuba.issuance.terms import terms
from yakuba.tenancy.acting import NotFoundError
from yakuba.tenancy.rights import Action
from yakuba.web.components import Cell, Column, Item, Items, Notice, Row, Table
from yakuba.web.screens import StaffRequest, screen
from yakuba.web.words import date_and_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

    from yakuba.issuance.kiosk.queries import OfferLine, Standing

DAYS = {"1": "月", "2": "火", "3": "水", "4": "木", "5": "金", "6": "土", "7": "日"}


@screen(Action.CERTIFICATES)
def index(request: StaffRequest) -> HttpResponse:
    """How コンビニ交付 stands."""
    now = queries.standing(request.actor)
    shown = {
        "notices": list(_notices(now)),
        "items": Items(_items(now)) if now.set_up else None,
        "offers": _offers(now),
        "windows": [
            (date_and_time(timezone.localtime(one.first)), date_and_time(timezone.localtime(one.last)),
             _label(one.kind) if one.kind else "すべて", one.reason, reverse("certificates:window", args=[one.window]))
            for one in now.windows
        ],
        "closed": [(one.kind, one.label) for one in now.offers if one.closed],
        "centres": Table(
            "交付センター", ("名称", "証明書の指紋", "状態"),
            [Row((name, fingerprint[:32], "有効" if valid else "取消し")) for name, fingerprint, valid in now.centres],
            empty="登録がありません。yakuba kiosk centre で登録します。", quiet=True,
        ),
    }  # fmt: skip
    return render(request, "certificates/kiosk.html", shown)


@screen(Action.CERTIFICATES, methods=("POST",))
def window(request: StaffRequest, window: int) -> HttpResponse:
    """End a planned stop."""
    try:
        end_stop(request.actor, window)
    except NotFoundError as error:
        raise Http404 from error
    messages.success(request, "計画停止を終えました。")
    return redirect("certificates:kiosk")


def _notices(now: Standing) -> Iterator[Notice]:
    if now.stopped:
        yield Notice("証明書の交付を停止しています", now.stopped, "stop", reverse("certificates:stop"), "停止と再開")
    if not now.set_up:
        yield Notice("コンビニ交付の設定がまだありません", "「設定を変える」から始めてください。", "info")
    elif not now.running:
        yield Notice("コンビニ交付は休止しています", "設定で稼働にすると、端末で交付できます。", "warn")
    if now.gap:
        yield Notice(
            "カード情報の通番に抜けがあります",
            "全件の一覧を取り込むまで、端末では交付できません（yakuba kiosk cards --whole）。",
            "stop",
        )
    elif now.set_up and not now.fresh:
        yield Notice("カード情報が古くなっています", "新しい情報が届くまで、端末では交付できません。", "stop")


def _items(now: Standing) -> list[Item]:
    fed = date_and_time(timezone.localtime(now.fed_at)) if now.fed_at else "まだ届いていません"
    going = "、".join(f"{state.label} {count}" for state, count in sorted(now.open.items())) or "ありません"
    return [
        Item("稼働", "稼働中" if now.running else "休止"),
        Item("カード情報", f"{fed}（通番 {now.sequence}）", wide=True),
        Item("終わっていない受付", going, wide=True),
    ]


def _offers(now: Standing) -> Table:
    there = {one.kind: one for one in now.offers}
    every = sorted(kinds().values(), key=lambda one: terms(one.identifier).order)
    suited = [one for one in every if administration.suitable(one)]
    return Table(
        "取り扱う証明書",
        (Column("証明書", "w"), Column("いま", "w"), Column("利用時間", "w"), "曜日", "選べる記載事項"),
        [_row(one.identifier, one.label, there.get(one.identifier)) for one in suited],
        quiet=True,
        walk=True,
    )


def _row(kind: str, label: str, offer: OfferLine | None) -> Row:
    name = Cell(label, reverse("certificates:offer", args=[kind]))
    if offer is None:
        return Row((name, "取り扱わない", "", "", ""), gone=True)
    chip = (("閉鎖", "stop"),) if offer.closed else (("交付できる", "ok"),) if offer.now else (("停止", "key"),)
    return Row((
        name,
        Cell(offer.closed, chips=chip),
        f"{offer.opens:%H:%M}～{offer.closes:%H:%M}",
        "".join(DAYS[day] for day in offer.weekdays),
        "、".join(_choice(kind, one) for one in offer.choices),
    ))  # fmt: skip


def _choice(kind: str, identifier: str) -> str:
    known = kinds()[kind].choice(identifier)
    return known.label if known else identifier


def _label(kind: str) -> str:
    known = kinds().get(kind)
    return known.label if known else kind
