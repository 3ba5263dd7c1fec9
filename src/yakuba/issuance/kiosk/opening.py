"""Opening (受付): a card at a machine becomes a session with a menu, or ends with a reason that tells nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.issuance.kiosk.access import PLACE, inside
from yakuba.issuance.kiosk.answers import Answer, answered
from yakuba.issuance.kiosk.ending import sweep
from yakuba.issuance.kiosk.errors import BusyError, StepError
from yakuba.issuance.kiosk.menu import Menu, Rules, menu, rules_now
from yakuba.issuance.kiosk.models import Card, Session
from yakuba.issuance.kiosk.reasons import Reason, Told
from yakuba.issuance.kiosk.states import State
from yakuba.issuance.kiosk.steps import found, step
from yakuba.issuance.services.asking import stopped_here
from yakuba.tenancy import audit

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from yakuba.issuance.kiosk.access import Caller, Guest

_SHORTEST = timedelta(seconds=60)
_IN_THE_MAKING = (State.PAID, State.RENDERING)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the centre says of somebody at a machine.

    Attributes:
        reception: the centre's number of the request, never used twice. serial: シリアル番号 of the certificate.
        machine: id of the terminal. company: id of the company of the shop, which collects the fee.
    """

    reception: str
    serial: str
    machine: str
    company: str


def open_session(caller: Caller, arrival: Arrival) -> Answer:
    """Begin a session, or give the one that this request has begun already.

    Raises:
        NotFoundError: the centre is not let in here.
        StepError: the reception number was used for somebody or something else.
        BusyError: too many papers are in the making; nothing was begun.
    """
    moment = timezone.now()
    with inside(caller) as guest:
        session = _of_reception(guest, arrival)
        if session is not None:
            return _repeated(guest, session, arrival)
        sweep(guest.actor, moment)
        rules = None if stopped_here() else rules_now(caller.municipality, moment)
        if rules is not None and _making() >= rules.service.queue_limit:
            raise BusyError(Told.LATER.text)
        session = _begun(guest, arrival, moment, rules)
        if session is None:
            # The same request at the same moment: whoever was first has begun the session.
            former = _of_reception(guest, arrival)
            assert former is not None
            return _repeated(guest, former, arrival)
        shown = _offered(guest, session, rules)
        audit.record(
            guest.actor, place=PLACE, action="kiosk_open", subject=session.addressee,
            detail={"session": str(session.pk), "reason": session.reason, "machine": arrival.machine},
        )  # fmt: skip
        return answered(session, shown)


def look(caller: Caller, number: UUID) -> Answer:
    """Where a session is, for a centre that has lost an answer; the menu again while something can be chosen.

    Raises:
        NotFoundError: no such session for this centre.
    """
    with inside(caller) as guest:
        sweep(guest.actor, timezone.now())
        return _shown_again(guest, found(guest, number))


def _of_reception(guest: Guest, arrival: Arrival) -> Session | None:
    return Session.objects.filter(centre=guest.centre, reception=arrival.reception).first()


def _repeated(guest: Guest, session: Session, arrival: Arrival) -> Answer:
    if (session.serial, session.machine, session.company) != (arrival.serial, arrival.machine, arrival.company):
        raise StepError("この受付番号は別の受付で使われています", remedy="新しい受付番号で送ってください")
    return _shown_again(guest, session)


def _shown_again(guest: Guest, session: Session) -> Answer:
    rules = rules_now(session.municipality_id, timezone.now()) if session.state == State.OFFERED else None
    if rules is None:
        return answered(session)
    return answered(session, menu(guest.actor, rules, session.addressee))


def _making() -> int:
    """Papers that are being made or about to be, counted where every server sees the same."""
    return Session.objects.filter(state__in=_IN_THE_MAKING, deadline__gt=timezone.now()).count()


def _begun(guest: Guest, arrival: Arrival, moment: datetime, rules: Rules | None) -> Session | None:
    """The row of a new session; None when another request has just put it there."""
    wait = timedelta(seconds=rules.service.step_seconds) if rules else _SHORTEST
    session = Session(
        municipality_id=guest.actor.municipality, centre_id=guest.centre, reception=arrival.reception,
        serial=arrival.serial, machine=arrival.machine, company=arrival.company, state=State.RECEIVED,
        received_at=moment, deadline=moment + wait,
    )  # fmt: skip
    Session.objects.bulk_create([session], ignore_conflicts=True)
    return session if Session.objects.filter(pk=session.pk).exists() else None


def _offered(guest: Guest, session: Session, rules: Rules | None) -> Menu:
    """Find the person, read the record and ask the rules: also for nobody."""
    card = Card.objects.filter(serial=session.serial, until=None).first()
    addressee = card.addressee if card else ""
    step(session, State.AUTHENTICATED, addressee=addressee)
    shown = menu(guest.actor, rules, addressee) if rules else Menu(reason=Reason.CLOSED)
    if shown.reason:
        step(session, State.CANCELLED, reason=str(shown.reason))
    else:
        step(session, State.OFFERED, members=[number for number, _ in shown.members])
    return shown
