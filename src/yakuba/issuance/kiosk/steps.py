"""Steps (遷移): one UPDATE that names the state it expects. Whoever comes second finds no row, and has done nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone
from psycopg.types.json import Jsonb

from yakuba.issuance.kiosk.errors import StepError
from yakuba.issuance.kiosk.models import Session
from yakuba.issuance.kiosk.states import STEPS, State
from yakuba.tenancy.acting import NotFoundError

if TYPE_CHECKING:
    from uuid import UUID

    from yakuba.issuance.kiosk.access import Guest

_FOUND = "SELECT * FROM kiosk_session WHERE id = %s AND centre_id = %s"
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
    if to in (State.PRINTED, State.CANCELLED):
        values.setdefault("ended_at", timezone.now())
    # Written by hand: to put an UPDATE of some columns together, the query builder takes longer than the database.
    changed = ", ".join(f'"{name}" = %s' for name in ("state", *values))
    expected = {"id": session.pk, "state": str(session.state)}
    if session.state == State.RENDERING:
        expected["claim"] = session.claim
    here = " AND ".join(f'"{name}" = %s' for name in expected)
    written = {name: Jsonb(value) if isinstance(value, dict) else value for name, value in values.items()}
    given: list[Any] = [str(to), *written.values(), *expected.values()]
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE kiosk_session SET {changed} WHERE {here}", given)  # noqa: S608 - names of this program
        if not cursor.rowcount:
            raise StepError(_LATE, remedy=_LOOK)
    session.state = str(to)
    for name, value in values.items():
        setattr(session, name, value)


def found(guest: Guest, number: UUID, *, lock: bool = False) -> Session:
    """A session of this centre in the municipality whose wall this runs in.

    Raises:
        NotFoundError: there is none; another municipality's, another centre's and an invented one look alike.
    """
    question = _FOUND + " FOR UPDATE" * lock
    session = next(iter(Session.objects.raw(question, [number, guest.centre])), None)
    if session is None:
        raise NotFoundError("この受付はありません", remedy="受付の番号を確かめてください")
    return session
