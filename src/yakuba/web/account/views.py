"""自分の設定: what I may do and until when; the way to password and second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone

from yakuba.web.components import Item, Items, Row, Table
from yakuba.web.screens import Audience, StaffRequest, screen
from yakuba.web.words import business_label, item_group_label, wareki

if TYPE_CHECKING:
    from django.http import HttpResponse


@screen(audience=Audience.STAFF)
def me(request: StaffRequest) -> HttpResponse:
    """The person, the rights that hold today or will, and where to change the ways of signing in."""
    actor = request.actor
    today = timezone.localdate()
    rights = Table(
        "権限",
        ("操作", "業務", "項目群", "開始日", "終了日", "備考"),
        [
            Row((
                grant.action.label,
                business_label(grant.business),
                item_group_label(grant.item_group),
                wareki(grant.valid_from),
                wareki(grant.valid_until),
                f"一時的：{grant.reason}" if grant.exceptional else "",
            ))
            for grant in sorted(actor.rights, key=lambda one: (one.valid_until, one.action))
            if grant.valid_until >= today
        ],
        empty="いま有効な権限はありません",
        quiet=True,
    )  # fmt: skip
    person = Items([
        Item("氏名", actor.name, name=True),
        Item("利用者ID", actor.login),
        Item("団体", actor.municipality_name or "（共同利用の運用者）"),
        Item("部署", actor.department),
    ])  # fmt: skip
    return render(request, "account_pages/me.html", {"person": person, "rights": rights})
