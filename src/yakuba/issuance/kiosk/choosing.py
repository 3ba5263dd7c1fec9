"""Choosing and paying (選択と入金): what is on the paper is fixed here, and so is what it costs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.certificates.compose import compose
from yakuba.certificates.kinds import kind as kind_named
from yakuba.certificates.problems import NotDrawableError
from yakuba.issuance.application import Application, Channel
from yakuba.issuance.kiosk.access import PLACE, inside
from yakuba.issuance.kiosk.answers import Answer, answered
from yakuba.issuance.kiosk.ending import cancelled, in_time
from yakuba.issuance.kiosk.errors import StepError
from yakuba.issuance.kiosk.menu import REQUESTER, allowed, by_reference, reason_for, rules_now, why_not
from yakuba.issuance.kiosk.reasons import Reason
from yakuba.issuance.kiosk.states import State
from yakuba.issuance.kiosk.steps import found, step
from yakuba.issuance.services.asking import case_of, record_of
from yakuba.issuance.services.overflowing import listed
from yakuba.issuance.services.preparing import PREVIEW, order_of
from yakuba.kernel.errors import UsageError
from yakuba.tenancy import audit
from yakuba.tenancy.acting import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from yakuba.issuance.case import Case
    from yakuba.issuance.kiosk.access import Caller, Guest
    from yakuba.issuance.kiosk.menu import Rules
    from yakuba.issuance.kiosk.models import Session
    from yakuba.tenancy.acting import Actor

WHOLE = "whole"
"""Choice that says 世帯全員: decided by who is on the paper, never by the person."""


def select(
    caller: Caller, number: UUID, kind: str, members: Sequence[int], choices: Mapping[str, bool | str]
) -> Answer:
    """Fix the paper; its fee is in the answer. The same choice again changes nothing.

    Args:
        members: places on the menu, from 1; () = the person alone. choices: as the menu offers them.

    Raises:
        NotFoundError: no such session for this centre.
        StepError: it is not waiting for a choice.
        UsageError: a choice that was not on the menu.
    """
    with inside(caller) as guest:
        session = found(guest, number, lock=True)
        if not in_time(guest.actor, session):
            return answered(session)
        rules = rules_now(guest.machines, timezone.now())
        wanted = _wanted(session, rules, kind, members, choices)
        if session.state != State.OFFERED:
            return _same(session, kind, wanted)
        reason = Reason.CLOSED if rules is None else _fixed(guest, session, rules, kind, wanted)
        if reason:
            cancelled(guest.actor, session, reason)
        audit.record(
            guest.actor, place=PLACE, action="kiosk_select", subject=session.addressee,
            detail={"session": str(session.pk), "kind": kind, "reason": session.reason},
        )  # fmt: skip
        return answered(session)


def pay(caller: Caller, number: UUID, amount: int) -> Answer:
    """The shop has taken the fee. The same payment again changes nothing.

    Raises:
        NotFoundError: no such session for this centre.
        StepError: it is not waiting for a payment.
        UsageError: another amount than the fee.
    """
    with inside(caller) as guest:
        session = found(guest, number, lock=True)
        if not in_time(guest.actor, session):
            return answered(session)
        if session.fee != amount:
            raise UsageError("金額が手数料と違います", remedy="選択の応答にある手数料を送ってください")
        if session.paid_at is not None:
            return answered(session)
        moment = timezone.now()
        step(session, State.PAID, paid_at=moment, deadline=moment + _wait(guest))
        audit.record(
            guest.actor, place=PLACE, action="kiosk_pay", subject=session.addressee,
            detail={"session": str(session.pk), "fee": amount},
        )  # fmt: skip
        return answered(session)


def _wanted(
    session: Session, rules: Rules | None, kind: str, members: Sequence[int], choices: Mapping[str, bool | str]
) -> tuple[tuple[str, ...], dict[str, bool | str]]:
    """宛名番号 and choices of what is asked for; on the menu of this moment.

    Raises:
        UsageError: it was not on the menu. NotFoundError: nothing is open, and never was this kind.
    """
    offer = rules.offers.get(kind) if rules else None
    if session.state != State.OFFERED or offer is None:
        # Nothing new is fixed: only what was fixed before can be meant.
        return (), dict(choices)
    try:
        people = by_reference(session.members, members) if members else (session.addressee,)
    except LookupError:
        raise UsageError("世帯の人の番号が一覧にありません", remedy="一覧の番号を1から送ってください") from None
    known = {one.identifier: one for one in allowed(kind, offer)}
    if unknown := sorted(set(choices) - set(known)):
        raise UsageError(f"記載事項 {'、'.join(unknown)} は選べません", remedy="一覧にある記載事項を送ってください")
    for names in kind_named(kind).never_together:
        if sum(bool(choices.get(name, known[name].default)) for name in names if name in known) > 1:
            raise UsageError(f"記載事項 {'、'.join(names)} は同時に選べません", remedy="どれか一つにしてください")
    taken = dict(choices)
    if kind_named(kind).choice(WHOLE):
        taken[WHOLE] = len(people) == len(session.members)
    return people, taken


def _same(session: Session, kind: str, wanted: tuple[tuple[str, ...], dict[str, bool | str]]) -> Answer:
    """The answer that this choice got before; any other choice comes too late.

    Raises:
        StepError: another choice was fixed, or none can be any more.
    """
    before = {name: value for name, value in session.choices.items() if name != WHOLE}
    if session.kind and (session.kind, before) == (kind, wanted[1]):
        return answered(session)
    raise StepError("選択は済んでいます", remedy="別の証明書は、新しい受付で求めてください")


def _fixed(
    guest: Guest, session: Session, rules: Rules, kind: str, wanted: tuple[tuple[str, ...], dict[str, bool | str]]
) -> Reason | None:
    """Ask every rule about this very paper, see whether it can be drawn, and fix it."""
    if kind not in rules.offers:
        return Reason.CLOSED
    people, choices = wanted
    application = Application(kind, session.addressee, REQUESTER, people, choices)
    try:
        case = case_of(guest.actor, application, Channel.KIOSK, PLACE)
    except NotFoundError:
        return Reason.HIDDEN
    reason = reason_for(guest.actor, rules.service, case.record) or why_not(case) or _not_drawable(guest.actor, case)
    if reason is None:
        wait = timedelta(seconds=rules.service.step_seconds)
        step(
            session, State.SELECTED, kind=kind, members=list(people), choices=choices, fee=case.fee,
            as_of=case.record.as_of, deadline=timezone.now() + wait,
        )  # fmt: skip
    return reason


def _not_drawable(actor: Actor, case: Case) -> Reason | None:
    """Put the paper together without drawing it: a character, a width, an empty item are found before anybody pays."""
    if case.content is None:
        return Reason.CLOSED
    try:
        issuer = case.content.issuer(case.today, case.seal)
        compose(order_of(case, request=PREVIEW, number=""), record_of(case), issuer, case.content.look)
    except NotDrawableError as error:
        listed(actor, case.application, error)
        return Reason.NOT_DRAWABLE
    return None


def _wait(guest: Guest) -> timedelta:
    """As long as the step before had, also where it has closed meanwhile: who has paid still gets the paper."""
    return timedelta(seconds=guest.machines.open_service.step_seconds)
