"""Reads of the room: how the service stands, and the sessions of a day. People are named by nothing but numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.certificates.kinds import kinds
from yakuba.issuance.kiosk.access import PLACE, inside
from yakuba.issuance.kiosk.machines import machines_here
from yakuba.issuance.kiosk.menu import fresh, rules_now
from yakuba.issuance.kiosk.models import Centre, Offer, Service, Session, Window
from yakuba.issuance.kiosk.reasons import Reason
from yakuba.issuance.kiosk.states import State
from yakuba.issuance.services.asking import stopped_here
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from yakuba.issuance.kiosk.access import Caller
    from yakuba.tenancy.acting import Actor


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One kind at the machines. closed: why, "" = open by itself. now: open at this moment."""

    kind: str
    label: str
    opens: time
    closes: time
    weekdays: str
    choices: tuple[str, ...]
    closed: str
    now: bool


@dataclass(frozen=True, slots=True)
class WindowLine:
    """A planned stop that is not over. window: its id."""

    window: int
    kind: str
    first: datetime
    last: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How コンビニ交付 of a municipality stands.

    Attributes:
        set_up: there are settings. running: switched on. stopped: reason of a stop of all certificates, "" = none.
        fresh: the cards are young enough and no message is missing. open: sessions by state, of those not over.
    """

    set_up: bool
    running: bool
    stopped: str
    fresh: bool
    gap: bool
    fed_at: datetime | None
    sequence: int
    offers: tuple[OfferLine, ...]
    windows: tuple[WindowLine, ...]
    centres: tuple[tuple[str, str, bool], ...]
    open: dict[State, int]


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session of a day, for lists and files. 宛名番号 and serial numbers stay behind."""

    session: str
    reception: str
    received_at: datetime
    machine: str
    company: str
    kind: str
    state: State
    reason: Reason | None
    fee: int | None
    number: str


def standing(actor: Actor) -> Standing:
    """How the actor's municipality stands.

    Raises:
        NotAllowedError: the actor does not administer certificates.
    """
    actor.must(Action.CERTIFICATES)
    now = timezone.now()
    with wall(actor.municipality):
        service = Service.objects.filter(pk=actor.municipality).first()
        rules = rules_now(machines_here(), now)
        opened = set(rules.offers) if rules else set()
        going = Session.objects.exclude(state__in=[State.PRINTED, State.CANCELLED])
        return Standing(
            set_up=service is not None,
            running=bool(service and service.running),
            stopped=stopped_here(),
            fresh=bool(service and not service.gap and fresh(service, now)),
            gap=bool(service and service.gap),
            fed_at=service.fed_at if service else None,
            sequence=service.sequence if service else 0,
            offers=tuple(_offer(one, one.kind in opened) for one in Offer.objects.all()),
            windows=tuple(
                WindowLine(one.pk, one.kind, one.first, one.last, one.reason)
                for one in Window.objects.filter(last__gt=now)
            ),
            centres=tuple(
                (one.name, one.fingerprint, one.revoked_at is None) for one in Centre.objects.order_by("since")
            ),
            open={State(name): count for name, count in Counter(going.values_list("state", flat=True)).items()},
        )


def open_kinds(caller: Caller) -> tuple[tuple[str, str, bool], ...]:
    """For the centre: every kind of the municipality with its name, and whether it is open at this moment.

    Raises:
        NotFoundError: the centre is not let in here.
    """
    with inside(caller) as guest:
        rules = None if stopped_here() else rules_now(guest.machines, timezone.now())
        opened = set(rules.offers) if rules else set()
        return tuple((one.kind, _label(one.kind), one.kind in opened) for one in Offer.objects.all())


def sessions(actor: Actor, day: date) -> tuple[SessionLine, ...]:
    """Sessions received on a day, oldest first. Logs itself.

    Raises:
        NotAllowedError: the actor does not administer certificates.
    """
    actor.must(Action.CERTIFICATES)
    with wall(actor.municipality):
        audit.record(actor, place=PLACE, action="kiosk_sessions", detail={"day": day.isoformat()})
        return tuple(_lines(day))


def of_day(day: date) -> tuple[datetime, datetime]:
    """First moment of a day and of the next, in the time of the installation."""
    first = timezone.make_aware(datetime.combine(day, time()))
    return first, first + timedelta(days=1)


def _lines(day: date) -> Iterator[SessionLine]:
    first, last = of_day(day)
    for one in Session.objects.filter(received_at__gte=first, received_at__lt=last).order_by("received_at", "pk"):
        yield SessionLine(
            str(one.pk), one.reception, one.received_at, one.machine, one.company, one.kind, State(one.state),
            Reason(one.reason) if one.reason else None, one.fee, one.number,
        )  # fmt: skip


def _offer(one: Offer, now: bool) -> OfferLine:
    return OfferLine(
        one.kind, _label(one.kind), one.opens, one.closes, one.weekdays, tuple(one.choices), one.closed, now
    )


def _label(kind: str) -> str:
    known = kinds().get(kind)
    return known.label if known else kind
