"""最初の画面: what needs attention, how to search, what this person can do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from yakuba.registry import jobs
from yakuba.registry import queries as registry
from yakuba.tenancy import queries as tenancy
from yakuba.tenancy.rights import Action
from yakuba.web.audiences import entries
from yakuba.web.certificates import notices as certificates
from yakuba.web.components import Notice
from yakuba.web.counter.copies import copies
from yakuba.web.counter.words import HINTS
from yakuba.web.screens import Audience, StaffRequest, screen
from yakuba.web.words import business_label, wareki

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yakuba.tenancy.acting import Actor

_SOON = timedelta(days=30)


@screen(audience=Audience.STAFF)
def home(request: StaffRequest) -> HttpResponse:
    """The first page; an operator's is the group's."""
    actor = request.actor
    if actor.operator:
        return redirect("operator:dashboard")
    doors = [(entry.label, reverse(entry.name)) for entry, needs in entries() if needs.met_by(actor)]
    shown = {
        "greeting": f"{actor.name} さん",
        "attention": [
            *certificates.waiting(actor),
            *residents(actor),
            *ending(actor),
            *ending_of_others(actor),
            *work(actor),
            *copies(actor),
        ],
        "focus_search": True,
        "can_search": actor.may(Action.VIEW),
        "hints": HINTS,
        "doors": [door for door in doors if door[1] != request.path],
    }
    return render(request, "counter/home.html", shown)


def residents(actor: Actor) -> list[Notice]:
    """People with a date that has come, by what has to be done."""
    return [
        Notice(
            f"{found.concern.label}：{found.count:,} 人",
            found.concern.advice,
            "warn",
            reverse("counter:attention", args=[found.concern]),
            "一覧を見る",
        )
        for found in registry.attention(actor)
    ]


def ending(actor: Actor) -> list[Notice]:
    """Own rights that end within a month."""
    today = timezone.localdate()
    soon = [grant for grant in actor.rights if grant.valid_from <= today <= grant.valid_until <= today + _SOON]
    return [
        Notice(
            f"権限がまもなく終わります：{grant.action.label}　{business_label(grant.business)}",
            f"{wareki(grant.valid_until)}まで。続けて使うときは、権限の管理者に延長を求めてください。",
            "warn",
            reverse("account:me"),
            "自分の権限",
        )
        for grant in soon
    ]


def ending_of_others(actor: Actor) -> list[Notice]:
    """For who administers rights: how many end within a month."""
    count = len(tenancy.ending_rights(actor, _SOON.days))
    if not count:
        return []
    return [Notice(f"終わりの近い権限が {count} 件あります", "続けるか終えるかを決めてください。", "info",
                   reverse("admin:rights"), "権限と期限")]  # fmt: skip


def work(actor: Actor) -> list[Notice]:
    """For who loads, exports or moves data: what runs, and what failed since yesterday."""
    if not any(actor.may(action) for action in (Action.LOAD, Action.EXPORT, Action.MIGRATE)):
        return []
    since = timezone.now() - timedelta(days=1)
    told = []
    for job in jobs.newest(actor, limit=10):
        if not job.state.over:
            told.append(Notice(f"{job.title}：{job.state.label}", job.stage, "info"))
        elif job.state is jobs.State.FAILED and job.created_at >= since:
            told.append(Notice(f"{job.title}：{job.state.label}", job.message, "warn"))
    return told
