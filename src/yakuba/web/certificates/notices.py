"""What must be known about certificates before anything else: stopped, not approved, work that waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from yakuba.issuance import queries
from yakuba.tenancy.rights import Action
from yakuba.web.components import Notice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.issuance.queries import Waiting
    from yakuba.tenancy.acting import Actor


def attention(actor: Actor) -> list[Notice]:
    """Why nothing can be given at all, if so; nothing for who has nothing to do with certificates."""
    if not actor.may(Action.ISSUE) and not actor.may(Action.CERTIFICATES):
        return []
    return list(_standing(actor, queries.waiting(actor)))


def waiting(actor: Actor) -> list[Notice]:
    """The same for the first page, with the lists that somebody works off."""
    told = attention(actor)
    if actor.may(Action.ISSUE):
        now = queries.waiting(actor)
        counts = (("印字できなかった証明書", now.overflows), ("まだ送っていない本人通知", now.notices))
        told += [
            Notice(f"{what}：{count:,} 件", "", "info", reverse("certificates:lists"), "一覧を見る")
            for what, count in counts
            if count
        ]
    return told


def _standing(actor: Actor, now: Waiting) -> Iterator[Notice]:
    administers = actor.may(Action.CERTIFICATES)
    href, link = (reverse("certificates:setting"), "証明書の設定") if administers else ("", "")
    if now.stopped:
        yield Notice("証明書の交付を停止しています", now.stopped, "stop", href, link)
    if not now.set_up:
        text = "証明書の管理者が、設定を入力して承認すると、証明書を交付できます。"
        yield Notice("証明書の設定がまだありません", text, "info", href, link)
    elif now.differences:
        text = f"{'、'.join(now.differences)}。証明書の管理者が承認するまで、交付できません。"
        yield Notice("承認されていない証明書の設定があります", text, "stop", href, link)
