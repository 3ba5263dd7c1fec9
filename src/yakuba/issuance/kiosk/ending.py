"""Ending (終了): printed or not, given up, out of time. Every session ends, whatever becomes of who began it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.issuance.kiosk.access import PLACE, inside
from yakuba.issuance.kiosk.answers import Answer, answered
from yakuba.issuance.kiosk.errors import StepError
from yakuba.issuance.kiosk.models import Session
from yakuba.issuance.kiosk.reasons import Reason
from yakuba.issuance.kiosk.states import BEFORE_PAPER, State
from yakuba.issuance.kiosk.steps import found, step
from yakuba.issuance.kiosk.voiding import void_paper
from yakuba.issuance.services import printed as paper_printed
from yakuba.tenancy import audit

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from yakuba.issuance.kiosk.access import Caller
    from yakuba.tenancy.acting import Actor

_AT_ONCE = 20
"""Sessions that one request cleans up; the next request takes the next ones."""
_LATE = """
SELECT * FROM kiosk_session
    WHERE deadline < %s AND state = ANY (%s) AND state NOT IN ('PRINTED', 'CANCELLED', 'UNKNOWN')
    ORDER BY deadline LIMIT %s FOR UPDATE SKIP LOCKED
"""
"""Says the states that are left out as the index of open sessions does, so that it is used."""


def report(caller: Caller, number: UUID, *, printed: bool) -> Answer:
    """The machine has printed the paper, or has not. The same report again changes nothing.

    Raises:
        NotFoundError: no such session for this centre.
        StepError: no paper was sent, or the opposite was reported before.
    """
    with inside(caller) as guest:
        session = found(guest, number, lock=True)
        end = State.PRINTED if printed else State.CANCELLED
        if session.state == end and session.sent_at is not None:
            return answered(session)
        if session.state not in (State.SENT, State.UNKNOWN):
            raise StepError("印刷の結果を受け付ける状態ではありません", remedy="受付の状態を問い合わせてください")
        settle(guest.actor, session, printed=printed)
        return answered(session)


def cancel(caller: Caller, number: UUID) -> Answer:
    """Give up: the person, the machine or the centre. A paper that was made is void. Again changes nothing.

    Raises:
        NotFoundError: no such session for this centre. StepError: the paper was printed.
    """
    with inside(caller) as guest:
        session = found(guest, number, lock=True)
        if session.state == State.PRINTED:
            raise StepError("印刷が済んでいます", remedy="窓口で取消しを求めてください")
        if session.state != State.CANCELLED:
            cancelled(guest.actor, session, Reason.BY_USER)
            audit.record(
                guest.actor, place=PLACE, action="kiosk_cancel", subject=session.addressee,
                detail={"session": str(session.pk)},
            )  # fmt: skip
        return answered(session)


def settle(actor: Actor, session: Session, *, printed: bool) -> None:
    """Write down how a paper that was sent has ended, in the session and in the ledger."""
    if printed:
        step(session, State.PRINTED)
        assert session.entry is not None
        paper_printed(actor, session.entry)
    else:
        cancelled(actor, session, Reason.NOT_PRINTED)
    audit.record(
        actor, place=PLACE, action="kiosk_result", subject=session.addressee,
        detail={"session": str(session.pk), "number": session.number, "printed": printed},
    )  # fmt: skip


def cancelled(actor: Actor, session: Session, reason: Reason) -> None:
    """End a session without a paper. What comes late for it finds it ended, and is dropped.

    Raises:
        StepError: it has ended already.
    """
    step(session, State.CANCELLED, reason=str(reason))
    void_paper(actor, session, reason)


def in_time(actor: Actor, session: Session) -> bool:
    """Whether the session may go on; one that is too late is ended here and now."""
    if session.state not in BEFORE_PAPER or session.deadline >= timezone.now():
        return True
    cancelled(actor, session, Reason.BUSY)
    return False


def sweep(actor: Actor, moment: datetime) -> int:
    """End what is out of time; a paper that was sent and never reported becomes unknown. Gives how many.

    Rows that somebody works on are left to them: whoever holds one will see the time too.
    """
    open_states = [str(one) for one in (*BEFORE_PAPER, State.SENT)]
    sessions = list(Session.objects.raw(_LATE, [moment, open_states, _AT_ONCE]))
    for session in sessions:
        if session.state == State.SENT:
            step(session, State.UNKNOWN)
        else:
            cancelled(actor, session, Reason.BUSY)
        audit.record(
            actor, place=PLACE, action="kiosk_expire", subject=session.addressee,
            detail={"session": str(session.pk), "state": session.state},
        )  # fmt: skip
    return len(sessions)


def tidy(actor: Actor, moment: datetime) -> int:
    """Everything that sweeping leaves: papers in the ledger whose session has ended without them. Gives how many.

    A process that was killed between the two writes nothing more; here the ledger gets its word.
    """
    count = 0
    while swept := sweep(actor, moment):
        count += swept
    recent = Session.objects.filter(state=State.CANCELLED, paid_at__gte=moment - _LOOK_BACK)
    return count + sum(void_paper(actor, one, Reason(one.reason)) for one in recent)


_LOOK_BACK = timedelta(days=2)
