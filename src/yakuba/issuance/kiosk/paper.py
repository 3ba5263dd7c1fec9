"""The paper (証明書の作成と送信): claimed by one attempt, made, checked, and checked again on the bytes that leave.

1. claim: PAID → RENDERING, with the name of this attempt;
2. make: `issuance` issues under the session's own key, which gives one number at most, however often it is asked;
3. keep: RENDERING → CHECKED, only while the session still belongs to this attempt. Who was cancelled or overtaken in
   the meantime finds the row changed: the paper is void and its bytes are dropped;
4. leave: session and ledger are read again and the bytes are held against them, CHECKED → SENT. Only then do they go
   out. What does not fit stops the municipality.
"""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.utils import timezone

from yakuba.certificates import guard
from yakuba.certificates.record import Order
from yakuba.issuance import alarm
from yakuba.issuance.application import Application, Channel
from yakuba.issuance.errors import AlarmError, ChangedSinceError, OtherRequestError, RefusedError
from yakuba.issuance.keys import keys
from yakuba.issuance.kiosk.access import PLACE, Caller, inside
from yakuba.issuance.kiosk.answers import Paper
from yakuba.issuance.kiosk.ending import cancelled, in_time
from yakuba.issuance.kiosk.errors import EndedError, StepError
from yakuba.issuance.kiosk.menu import REQUESTER, reason_for, reason_of
from yakuba.issuance.kiosk.models import Session
from yakuba.issuance.kiosk.reasons import Reason
from yakuba.issuance.kiosk.states import State
from yakuba.issuance.kiosk.steps import found, step
from yakuba.issuance.kiosk.voiding import void_paper
from yakuba.issuance.models import Issue
from yakuba.issuance.services import issue
from yakuba.registry.queries.certificate_record import current_names
from yakuba.tenancy import audit
from yakuba.tenancy.acting import NotFoundError

if TYPE_CHECKING:
    from datetime import date

    from yakuba.issuance.application import Issued
    from yakuba.issuance.case import Case
    from yakuba.issuance.kiosk.access import Guest
    from yakuba.issuance.kiosk.models import Service

PATIENCE = timedelta(seconds=15)
"""An attempt that has not finished within this time is taken for dead, and the next one takes over."""
_LONGEST = 120
SENDS = 5
"""How often the same paper is sent when answers are lost on the way."""
_CLAIM = """
UPDATE kiosk_session SET state = %s, claim = %s, claimed_at = %s
    WHERE id = %s AND centre_id = %s AND state = %s AND deadline >= %s RETURNING *
"""
_KEEP = """
UPDATE kiosk_session SET state = %s, number = %s, entry = %s
    WHERE id = %s AND centre_id = %s AND state = %s AND claim = %s RETURNING *
"""
"""A step and the row after it, as the database has it, in one question."""
_ENTRY = "SELECT * FROM issuance_issue WHERE id = %s AND request = %s"


def document(caller: Caller, number: UUID) -> Paper:
    """The paper of a session that was paid; the same paper again while nobody has said that it was printed.

    Raises:
        EndedError: there will be no paper; nothing was sent and what was paid is to be given back.
        StepError: not paid yet, printed already, or being made by another request at this moment.
        NotFoundError: no such session for this centre.
    """
    with inside(caller) as guest:
        session = _claimed(guest, number)
        alive = session is not None
        if session is None:
            session = found(guest, number, lock=True)
            alive = in_time(guest.actor, session)
            if alive:
                _claim(session)
        service = guest.machines.open_service
    if not alive:
        raise EndedError(Reason(session.reason))
    made = _made(caller, guest, session, service)
    if made.request != session.request:
        raise _stopped(caller, guest, session, "the paper of another request")
    return _leave(caller, session, made, service)


def _claimed(guest: Guest, number: UUID) -> Session | None:
    """The session, taken for this attempt in one go; None unless it is paid, in time and waits for its paper."""
    now = timezone.now()
    given = [str(State.RENDERING), uuid4(), now, number, guest.centre, str(State.PAID), now]
    return next(iter(Session.objects.raw(_CLAIM, given)), None)


def _claim(session: Session) -> None:
    """Take a session that is further on, or behind, for this attempt; whoever has it and is slow has lost it.

    Raises:
        StepError: it is not to be had.
    """
    now = timezone.now()
    mine = uuid4()
    if session.state == State.RENDERING and session.claimed_at and session.claimed_at + PATIENCE < now:
        Session.objects.filter(pk=session.pk).update(claim=mine, claimed_at=now)
        session.claim = mine
    elif session.state == State.RENDERING:
        raise StepError("証明書を作成しています", remedy="少し待って、同じ受付でもう一度求めてください")
    elif session.state not in (State.CHECKED, State.SENT) or session.sends >= SENDS:
        raise StepError("証明書を送る状態ではありません", remedy="受付の状態を問い合わせてください")


def _made(caller: Caller, guest: Guest, session: Session, service: Service) -> Issued:
    """Issue under the session's key; what stands against it ends the session.

    Raises:
        EndedError: it does.
    """
    application = Application(session.kind, session.addressee, REQUESTER, tuple(session.members), session.choices)

    def still(case: Case) -> None:
        """What held when the paper was chosen holds now: no 抑止, no 転出, no changed record in between."""
        now = reason_for(guest.actor, service, case.record)
        if now or case.record.as_of != session.as_of:
            raise EndedError(now or Reason.CHANGED)

    try:
        return issue(
            guest.actor, application, request=str(session.request), channel=Channel.KIOSK, place=PLACE, still=still
        )
    except EndedError as error:
        reason = error.reason
    except RefusedError as error:
        reason = reason_of(error.refusals)
    except NotFoundError:
        reason = Reason.HIDDEN
    except ChangedSinceError:
        reason = Reason.CHANGED
    except (AlarmError, OtherRequestError):
        reason = Reason.MISMATCH
    _drop(caller, session, reason)
    raise EndedError(reason)


def _kept(guest: Guest, claimed: Session, made: Issued) -> Session | None:
    """The paper belongs to the session now, if that is still this attempt's; gives the row as the database has it.

    A late result is dropped.
    """
    given = [str(State.CHECKED), made.number, made.entry, claimed.pk, guest.centre, str(State.RENDERING), claimed.claim]
    for kept in Session.objects.raw(_KEEP, given):
        return kept
    now = found(guest, claimed.pk, lock=True)
    if now.state == State.CANCELLED:
        void_paper(guest.actor, now, Reason(now.reason))
    return now if now.state in (State.CHECKED, State.SENT) and now.entry == made.entry else None


def _leave(caller: Caller, claimed: Session, made: Issued, service: Service) -> Paper:
    """The last look, by a path of its own: session and ledger are read again, and so are the bytes.

    Raises:
        StepError: the session was cancelled or taken over meanwhile.
        EndedError: the bytes are not this session's paper; the municipality is stopped.
    """
    with inside(caller) as guest:
        session = _kept(guest, claimed, made)
        if session is None:
            mismatch = ""
        else:
            entry = next(iter(Issue.objects.raw(_ENTRY, [session.entry or 0, session.request])), None)
            mismatch = _mismatch(session, entry, made.pdf)
            if not mismatch and entry is not None:
                return _sent(guest, session, entry, made.pdf, service)
    if session is None:
        raise StepError("受付は終わっています", remedy="受付の状態を問い合わせてください")
    raise _stopped(caller, guest, session, mismatch)


def _stopped(caller: Caller, guest: Guest, session: Session, what: str) -> EndedError:
    """Nothing of this municipality leaves any more, and this paper least of all; gives what to raise."""
    alarm.sound(guest.actor, request=str(session.request), what=what)
    _drop(caller, session, Reason.MISMATCH)
    return EndedError(Reason.MISMATCH)


def _mismatch(session: Session, entry: Issue | None, pdf: bytes) -> str:
    """What the last look found wrong with the bytes; "" for this session's very paper."""
    if entry is None or entry.number != session.number or session.state not in (State.CHECKED, State.SENT):
        return "no such issue"
    try:
        guard.check(
            pdf, _order(session, entry.issued_on), keys(session.municipality_id).guard,
            names=current_names(session.municipality_id, session.members), template_digest=entry.template_digest,
        )  # fmt: skip
    except guard.MismatchError as error:
        return ", ".join(error.reasons)[:_LONGEST]
    return ""


def _order(session: Session, issued_on: date) -> Order:
    """What this session asked for, from its own row."""
    return Order(
        request=str(session.request), municipality=session.municipality_id, kind=session.kind,
        subject=session.addressee, members=tuple(session.members), choices=session.choices, number=session.number,
        issued_on=issued_on,
    )  # fmt: skip


def _sent(guest: Guest, session: Session, entry: Issue, pdf: bytes, service: Service) -> Paper:
    """Write down that the bytes leave now."""
    now, digest = timezone.now(), sha256(pdf).hexdigest()
    values = {
        "digest": digest, "sends": session.sends + 1, "sent_at": now,
        "deadline": now + timedelta(seconds=service.print_seconds),
    }  # fmt: skip
    if session.state == State.CHECKED:
        step(session, State.SENT, **values)
    else:
        Session.objects.filter(pk=session.pk).update(**values)
        session.sends += 1
    audit.record(
        guest.actor, place=PLACE, action="kiosk_send", subject=session.addressee,
        detail={"session": str(session.pk), "number": session.number, "sends": session.sends},
    )  # fmt: skip
    return Paper(session.pk, session.number, pdf, digest, entry.pages)


def _drop(caller: Caller, session: Session, reason: Reason) -> None:
    """End the session without a paper, unless somebody else has ended it or made it theirs."""
    with inside(caller) as guest:
        now = found(guest, session.pk, lock=True)
        if now.state in (State.CHECKED, State.SENT) or (now.state == State.RENDERING and now.claim == session.claim):
            cancelled(guest.actor, now, reason)
            audit.record(
                guest.actor, place=PLACE, action="kiosk_drop", subject=now.addressee,
                detail={"session": str(now.pk), "reason": str(reason)},
            )  # fmt: skip
