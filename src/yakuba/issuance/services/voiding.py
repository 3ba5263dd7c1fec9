"""What happens to a paper later: printed, spoiled, withdrawn, replaced; and the counter-entry that takes one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from yakuba.issuance.events import Happened, ending
from yakuba.issuance.models import Event
from yakuba.issuance.services.reprinting import found
from yakuba.kernel.errors import UsageError
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import inside, wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from yakuba.issuance.models import Issue
    from yakuba.tenancy.acting import Actor

PLACE = "交付台帳"
_LOCK = 0x63657274
_INT4 = 1 << 31


def void(actor: Actor, entry: int, reason: str, *, why: Happened = Happened.SPOILED, replaced_by: str = "") -> None:
    """The paper is not valid any more: spoiled before it left, withdrawn, or replaced by another.

    Args:
        why: SPOILED, WITHDRAWN or REPLACED. replaced_by: 発行番号 of the other paper.

    Raises:
        UsageError: no reason; not valid already; no such number.
        NotFoundError: no such entry. NotAllowedError: the actor may not void.
    """
    actor.must(Action.VOID)
    _said(reason)
    if not why.ends:
        raise UsageError("無効にする理由の区分が違います", remedy="書損・取消し・差替えから選んでください")
    with wall(actor.municipality):
        issue = _locked(entry)
        if ending(issue.events.all()):
            raise UsageError("この証明書は、すでに無効です", remedy="交付台帳を確かめてください")
        if why is Happened.REPLACED and not type(issue).objects.filter(number=replaced_by).exists():
            raise UsageError(f"発行番号 {replaced_by} はありません", remedy="差替え後の発行番号を確かめてください")
        _add(actor, issue, why, reason, about=replaced_by)
        audit.record(
            actor, place=PLACE, action="certificate_void", subject=issue.subject, reason=reason,
            detail={"number": issue.number, "why": why.value},
        )  # fmt: skip


def counter_entry(actor: Actor, entry: int, reason: str) -> None:
    """Take the last void back (反対記入): both entries stay, and the paper is valid again.

    Raises:
        UsageError: no reason, or the paper is valid. NotFoundError, NotAllowedError: as for `void`.
    """
    actor.must(Action.VOID)
    _said(reason)
    with wall(actor.municipality):
        issue = _locked(entry)
        last = ending(issue.events.all())
        if last is None:
            raise UsageError("この証明書は有効です。取り消す記録がありません", remedy="交付台帳を確かめてください")
        _add(actor, issue, Happened.UNDONE, reason, undoes=last)
        audit.record(
            actor, place=PLACE, action="certificate_counter_entry", subject=issue.subject, reason=reason,
            detail={"number": issue.number, "why": last.kind},
        )  # fmt: skip


def printed(actor: Actor, entry: int) -> None:
    """The paper has come out of the printer. Safe to repeat.

    Raises:
        NotFoundError: no such entry. NotAllowedError: the actor may not issue.
    """
    actor.must(Action.ISSUE)
    with inside(actor.municipality):
        issue = _locked(entry)
        if not issue.events.filter(kind=Happened.PRINTED).exists():
            _add(actor, issue, Happened.PRINTED, "")
            audit.record(
                actor, place=PLACE, action="certificate_printed", subject=issue.subject,
                detail={"number": issue.number},
            )  # fmt: skip


def _said(reason: str) -> None:
    if not reason.strip():
        raise UsageError("理由がありません", remedy="理由を入力してください")


def _locked(entry: int) -> Issue:
    """The entry, held against a second clerk: the ledger's rows take no lock for update, their number does."""
    issue = found(entry)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, issue.pk % _INT4])
    return issue


def _add(
    actor: Actor, issue: Issue, kind: Happened, reason: str, *, about: str = "", undoes: Event | None = None
) -> None:
    Event.objects.create(
        municipality_id=actor.municipality, issue=issue, kind=kind, reason=reason, about=about, undoes=undoes,
        login=actor.login,
    )  # fmt: skip
