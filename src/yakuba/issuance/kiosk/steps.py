"""Steps (遷移): one UPDATE that names the state it expects. Whoever comes second finds no row, and has done nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from yakuba.issuance.kiosk.errors import StepError
from yakuba.issuance.kiosk.models import Session
from yakuba.issuance.kiosk.states import STEPS, State
from yakuba.tenancy.acting import NotFoundError

if TYPE_CHECKING:
    from uuid import UUID

    from yakuba.issuance.kiosk.access import Guest

_LATE = "受付の状態が変わっています"
_LOOK = "受付の状態を問い合わせてください"


def step(session: Session, to: State, **values: Any) -> None:
    """Move a session on, inside the transaction this runs in; the object has the new values afterwards.

    Args:
        values: columns that change with the step. `claim` names the attempt that must still hold the session.

    Raises:
        StepError: it is not in that state any more.
    """
    if to not in STEPS[State(session.state)]:
        raise StepError(_LATE, remedy=_LOOK)
    here = Session.objects.filter(pk=session.pk, state=session.state)
    if session.state == State.RENDERING:
        here = here.filter(claim=session.claim)
    if to in (State.PRINTED, State.CANCELLED):
        values.setdefault("ended_at", timezone.now())
    if not here.update(state=str(to), **values):
        raise StepError(_LATE, remedy=_LOOK)
    session.state = str(to)
    for name, value in values.items():
        setattr(session, name, value)


def found(guest: Guest, number: UUID, *, lock: bool = False) -> Session:
    """A session of this centre in the municipality whose wall this runs in.

    Raises:
        NotFoundError: there is none; another municipality's, another centre's and an invented one look alike.
    """
    rows = Session.objects.select_for_update() if lock else Session.objects.all()
    session = rows.filter(pk=number, centre=guest.centre).first()
    if session is None:
        raise NotFoundError("この受付はありません", remedy="受付の番号を確かめてください")
    return session
