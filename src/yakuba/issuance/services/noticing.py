"""本人通知: who has registered is told when a paper about them goes to an agent or a third party."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.issuance.application import Role
from yakuba.issuance.models import Notice, Registration
from yakuba.kernel.errors import UsageError
from yakuba.registry.queries.visible import people
from yakuba.tenancy import audit
from yakuba.tenancy.acting import NotFoundError
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from datetime import date

    from yakuba.issuance.case import Case
    from yakuba.issuance.models import Issue
    from yakuba.tenancy.acting import Actor

PLACE = "本人通知"
_TOLD_OF = (Role.AGENT, Role.THIRD)


def notice(entry: Issue, case: Case) -> None:
    """Notices that an issue makes due, in its transaction."""
    if case.application.requester.role not in _TOLD_OF:
        return
    today = case.today
    newest: dict[str, Registration] = {}
    for one in Registration.objects.filter(addressee__in=entry.members).order_by("id"):
        newest[one.addressee] = one
    due = [one for one in newest.values() if one.first <= today and (one.last is None or today <= one.last)]
    Notice.objects.bulk_create(
        Notice(municipality_id=entry.municipality_id, addressee=one.addressee, issue=entry) for one in due
    )


def register(actor: Actor, addressee: str, first: date, last: date | None = None) -> None:
    """Somebody wants to be told from a day on (事前登録); `last` before `first` is no registration.

    Raises:
        UsageError: the end is before the beginning. NotFoundError: no such person for the actor.
        NotAllowedError: the actor may not issue papers.
    """
    actor.must(Action.ISSUE)
    if last is not None and last < first:
        raise UsageError("登録の終了日が開始日より前です", remedy="日付を確かめてください")
    with wall(actor.municipality):
        if not people(actor).filter(addressee=addressee).exists():
            raise NotFoundError("該当する人がいません", remedy="宛名番号を確かめてください")
        Registration.objects.create(
            municipality_id=actor.municipality, addressee=addressee, first=first, last=last, login=actor.login
        )
        audit.record(actor, place=PLACE, action="notice_register", subject=addressee)


def sent(actor: Actor, notice: int) -> None:
    """The letter has left. Safe to repeat.

    Raises:
        NotFoundError: no such notice. NotAllowedError: the actor may not issue papers.
    """
    actor.must(Action.ISSUE)
    with wall(actor.municipality):
        one = Notice.objects.select_for_update().filter(pk=notice).first()
        if one is None:
            raise NotFoundError("この通知はありません", remedy="一覧から選んでください")
        if one.sent is None:
            one.sent, one.login = timezone.localdate(), actor.login
            one.save(update_fields=["sent", "login"])
            audit.record(actor, place=PLACE, action="notice_sent", subject=one.addressee)
