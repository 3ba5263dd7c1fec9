"""文字超過リスト: what could not be drawn is written down for somebody to settle; the paper is not given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from yakuba.issuance.models import Overflow
from yakuba.tenancy import audit
from yakuba.tenancy.acting import NotFoundError
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from yakuba.certificates.problems import NotDrawableError
    from yakuba.issuance.application import Application
    from yakuba.tenancy.acting import Actor

PLACE = "文字超過リスト"


def listed(actor: Actor, application: Application, error: NotDrawableError) -> None:
    """Put every finding on the list; one that is there already counts up and is open again."""
    with wall(actor.municipality):
        for one in {(found.code, found.item): found for found in error.findings}.values():
            entry, new = Overflow.objects.get_or_create(
                municipality_id=actor.municipality, addressee=application.subject, kind=application.kind,
                item=one.item, code=one.code, defaults={"hint": one.hint_ja},
            )  # fmt: skip
            if not new:
                entry.times, entry.settled_by = F("times") + 1, ""
                entry.save()
        audit.record(
            actor, place=PLACE, action="certificate_overflow", subject=application.subject,
            items=sorted({one.item for one in error.findings if one.item}), detail={"kind": application.kind},
        )  # fmt: skip


def settle(actor: Actor, entry: int) -> None:
    """Somebody has dealt with it. Safe to repeat.

    Raises:
        NotFoundError: no such entry. NotAllowedError: the actor may not issue papers.
    """
    actor.must(Action.ISSUE)
    with wall(actor.municipality):
        one = Overflow.objects.filter(pk=entry).first()
        if one is None:
            raise NotFoundError("この記録はありません", remedy="一覧から選んでください")
        one.settled_by = actor.login
        one.save(update_fields=["settled_by"])
        audit.record(actor, place=PLACE, action="certificate_settle", subject=one.addressee)
