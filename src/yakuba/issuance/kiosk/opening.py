"""Opening (受付): a card at a machine becomes a session with a menu, or ends with a reason that tells nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

from yakuba.issuance.approving import held
from yakuba.issuance.kiosk.access import PLACE, inside
from yakuba.issuance.kiosk.answers import Answer, answered
from yakuba.issuance.kiosk.ending import sweep
from yakuba.issuance.kiosk.errors import BusyError, StepError
from yakuba.issuance.kiosk.menu import Menu, Rules, menu, rules_now
from yakuba.issuance.kiosk.models import Session
from yakuba.issuance.kiosk.reasons import Reason, Told
from yakuba.issuance.kiosk.states import State
from yakuba.issuance.kiosk.steps import found, step
from yakuba.tenancy import audit

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from yakuba.issuance.approving import Held
    from yakuba.issuance.kiosk.access import Caller, Guest

_SHORTEST = timedelta(seconds=60)
_IN_THE_MAKING = (State.PAID, State.RENDERING)
_BEGIN = """
INSERT INTO kiosk_session (id, municipality, centre_id, reception, serial, machine, company, state, received_at,
        deadline, request, reason, addressee, kind, members, choices, as_of, number, digest, sends)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '', '', '', '{}', '{}', '', '', '', 0) ON CONFLICT DO NOTHING
"""
"""A new session, unless its reception number has one: whether it was put there is known at once."""
_OF_RECEPTION = "SELECT * FROM kiosk_session WHERE municipality = %s AND centre_id = %s AND reception = %s"
_MAKING = "SELECT count(*) FROM kiosk_session WHERE state = ANY (%s) AND deadline > %s"
_CARD = "SELECT addressee FROM kiosk_card WHERE serial = %s AND until IS NULL"


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
        said = held()
        rules = None if said.stopped else rules_now(guest.machines, moment)
        if rules is not None and _making() >= rules.service.queue_limit:
            raise BusyError(Told.LATER.text)
        session = _begun(guest, arrival, moment, rules)
        if session is None:
            # The same request at the same moment: whoever was first has begun the session.
            former = _of_reception(guest, arrival)
            assert former is not None
            return _repeated(guest, former, arrival)
        shown = _offered(guest, session, rules, said)
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
    given = [guest.actor.municipality, guest.centre, arrival.reception]
    return next(iter(Session.objects.raw(_OF_RECEPTION, given)), None)


def _repeated(guest: Guest, session: Session, arrival: Arrival) -> Answer:
    if (session.serial, session.machine, session.company) != (arrival.serial, arrival.machine, arrival.company):
        raise StepError("この受付番号は別の受付で使われています", remedy="新しい受付番号で送ってください")
    return _shown_again(guest, session)


def _shown_again(guest: Guest, session: Session) -> Answer:
    rules = rules_now(guest.machines, timezone.now()) if session.state == State.OFFERED else None
    if rules is None:
        return answered(session)
    return answered(session, menu(guest.actor, rules, session.addressee))


def _making() -> int:
    """Papers that are being made or about to be, counted where every server sees the same."""
    return int(_asked(_MAKING, [str(one) for one in _IN_THE_MAKING], timezone.now()))


def _asked(question: str, *given: Any) -> Any:
    """The one value that a question gives, None for no row."""
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        found = cursor.fetchone()
        return found[0] if found else None


def _begun(guest: Guest, arrival: Arrival, moment: datetime, rules: Rules | None) -> Session | None:
    """The row of a new session; None when another request has just put it there."""
    wait = timedelta(seconds=rules.service.step_seconds) if rules else _SHORTEST
    session = Session(
        municipality_id=guest.actor.municipality, centre_id=guest.centre, reception=arrival.reception,
        serial=arrival.serial, machine=arrival.machine, company=arrival.company, state=State.RECEIVED,
        received_at=moment, deadline=moment + wait,
    )  # fmt: skip
    given: list[Any] = [
        session.pk, session.municipality_id, session.centre_id, session.reception, session.serial, session.machine,
        session.company, str(session.state), session.received_at, session.deadline, session.request,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, given)
        return session if cursor.rowcount else None


def _offered(guest: Guest, session: Session, rules: Rules | None, said: Held) -> Menu:
    """Find the person, read the record and ask the rules: also for nobody."""
    addressee = str(_asked(_CARD, session.serial) or "")
    step(session, State.AUTHENTICATED, addressee=addressee)
    shown = menu(guest.actor, rules, addressee, said) if rules else Menu(reason=Reason.CLOSED)
    if shown.reason:
        step(session, State.CANCELLED, reason=str(shown.reason))
    else:
        step(session, State.OFFERED, members=[number for number, _ in shown.members])
    return shown
