"""Reconciling (突合): our sessions of a day against the centre's list, paper by paper; and what the shops owe.

A day's list (CSV, UTF-8) has one row per paper that left. What the centre knows of a paper whose result never came back
settles it; every other difference is shown and changes nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.issuance.kiosk.access import PLACE, inside
from yakuba.issuance.kiosk.ending import settle, tidy
from yakuba.issuance.kiosk.lists import Due, Listed
from yakuba.issuance.kiosk.machines import machines_here
from yakuba.issuance.kiosk.models import Session
from yakuba.issuance.kiosk.queries import of_day
from yakuba.issuance.kiosk.states import State
from yakuba.kernel.errors import UsageError
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from yakuba.issuance.kiosk.access import Caller
    from yakuba.tenancy.acting import Actor


@dataclass(frozen=True, slots=True)
class Difference:
    """One paper on which we and the centre do not agree. what: ours_only, theirs_only, or the column that differs."""

    reception: str
    number: str
    what: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a comparison came to. settled: papers whose result was unknown until now."""

    ours: int
    theirs: int
    settled: int
    differences: tuple[Difference, ...]


def reconcile(actor: Actor, day: date, listed: Sequence[Listed]) -> Outcome:
    """Hold a day against the centre's list.

    Raises:
        NotAllowedError: the actor may neither administer certificates nor void.
        UsageError: a reception number twice on the list.
    """
    if not actor.may(Action.CERTIFICATES):
        actor.must(Action.VOID)
    theirs = {one.reception: one for one in listed}
    if len(theirs) != len(listed):
        raise UsageError("同じ受付番号が2回あります", remedy="交付センターの一覧を確かめてください")
    with wall(actor.municipality):
        tidy(actor, timezone.now())
        settled = sum(_settled(actor, session, theirs) for session in _sent(day, State.SENT, State.UNKNOWN))
        ours = {one.reception: _ours(one) for one in _sent(day, State.SENT, State.UNKNOWN, State.PRINTED)}
        printed = {reception: one for reception, one in theirs.items() if one.printed}
        differences = tuple(_differences(ours, printed))
        audit.record(
            actor, place=PLACE, action="kiosk_reconcile",
            detail={"day": day.isoformat(), "ours": len(ours), "theirs": len(printed), "settled": settled,
                    "differences": len(differences)},
        )  # fmt: skip
    return Outcome(len(ours), len(printed), settled, differences)


def reconcile_for(caller: Caller, day: date, listed: Sequence[Listed]) -> Outcome:
    """The same at the request of the centre itself.

    Raises:
        NotFoundError: the centre is not let in here. UsageError: as for `reconcile`.
    """
    with inside(caller) as guest:
        return reconcile(guest.actor, day, listed)


def settlement(actor: Actor, day: date) -> tuple[Due, ...]:
    """What is owed for a day, by kind and company. Papers whose result is unknown are not counted.

    Raises:
        NotAllowedError: the actor does not administer certificates.
    """
    actor.must(Action.CERTIFICATES)
    with wall(actor.municipality):
        rate = machines_here().open_service.commission
        counted: Counter[tuple[str, str]] = Counter()
        fees: Counter[tuple[str, str]] = Counter()
        for one in _sent(day, State.PRINTED):
            counted[one.kind, one.company] += 1
            fees[one.kind, one.company] += one.fee or 0
        audit.record(actor, place=PLACE, action="kiosk_settlement", detail={"day": day.isoformat()})
    return tuple(
        Due(day, kind, company, papers, fees[kind, company], rate * papers)
        for (kind, company), papers in sorted(counted.items())
    )


def our_list(actor: Actor, day: date) -> tuple[Listed, ...]:
    """Our own list of a day, in the form of the centre's.

    Raises:
        NotAllowedError: the actor does not administer certificates.
    """
    actor.must(Action.CERTIFICATES)
    with wall(actor.municipality):
        audit.record(actor, place=PLACE, action="kiosk_sessions", detail={"day": day.isoformat()})
        return tuple(_ours(one) for one in _sent(day, State.SENT, State.UNKNOWN, State.PRINTED))


def _sent(day: date, *states: State) -> list[Session]:
    """Sessions whose paper was sent on a day."""
    first, last = of_day(day)
    found = Session.objects.filter(sent_at__gte=first, sent_at__lt=last, state__in=[str(one) for one in states])
    return list(found.order_by("sent_at", "pk"))


def _settled(actor: Actor, session: Session, theirs: Mapping[str, Listed]) -> bool:
    """Settle one paper whose result did not come back, if the centre knows it and means the same paper."""
    known = theirs.get(session.reception)
    if known is None or known.number != session.number:
        return False
    settle(actor, session, printed=known.printed)
    return True


def _ours(session: Session) -> Listed:
    return Listed(
        session.reception, session.kind, session.company, session.number, session.fee or 0,
        session.state == State.PRINTED,
    )  # fmt: skip


def _differences(ours: Mapping[str, Listed], theirs: Mapping[str, Listed]) -> Iterable[Difference]:
    for reception in sorted({*ours, *theirs}):
        mine, other = ours.get(reception), theirs.get(reception)
        if other is None and mine is not None:
            yield Difference(reception, mine.number, "ours_only", "1" if mine.printed else "0", "")
        elif mine is None and other is not None:
            yield Difference(reception, other.number, "theirs_only", "", "1")
        elif mine is not None and other is not None:
            for name in ("kind", "company", "number", "fee", "printed"):
                one, two = str(getattr(mine, name)), str(getattr(other, name))
                if one != two:
                    yield Difference(reception, mine.number, name, one, two)
