"""How a municipality's certificates stand: settings, fees, approval, stop, what waits for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.certificates.kinds import kinds
from yakuba.issuance.approving import Standing, held, standing
from yakuba.issuance.models import Approval, Fee, Issue, Notice, Numbering, Overflow, Setting, Stop
from yakuba.issuance.services.asking import stopped_here
from yakuba.issuance.settings import Content, content
from yakuba.issuance.terms import terms
from yakuba.registry.queries.certificate_record import certificate_record
from yakuba.tenancy import queries as tenancy
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from yakuba.certificates.kinds import Kind
    from yakuba.registry.queries.certificate_record import Holder
    from yakuba.tenancy.acting import Actor


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee: of a kind, a way, from a day on."""

    kind: str
    label: str
    channel: str
    yen: int
    valid_from: date


@dataclass(frozen=True, slots=True)
class StopLine:
    """One stop or its end."""

    stopped: bool
    reason: str
    login: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for somebody. stopped: reason, "" = not. differences: not approved; overflows, notices: open ones."""

    stopped: str
    differences: tuple[str, ...]
    set_up: bool
    overflows: int
    notices: int


def person(actor: Actor, addressee: str) -> Holder | None:
    """Whose papers are asked for; None for who does not exist for the actor."""
    found = certificate_record(actor, addressee, place="証明書の準備")
    return found.subject if found else None


def offered(actor: Actor) -> tuple[Kind, ...]:
    """Kinds that the municipality issues, in the order of their number keys."""
    with wall(actor.municipality):
        now = _content()
    every = sorted(kinds().values(), key=lambda one: terms(one.identifier).order)
    return tuple(one for one in every if now is not None and one.identifier in now.offered)


def settings(actor: Actor) -> tuple[Content | None, bytes]:
    """The settings that hold and the 公印; None before the first ones."""
    with wall(actor.municipality):
        found = Setting.objects.first()
        return (content(found.content), bytes(found.seal)) if found else (None, b"")


def approval(actor: Actor) -> tuple[Standing, str, datetime | None]:
    """How what runs stands to what was approved; by whom and when the newest approval was given."""
    with wall(actor.municipality):
        newest = Approval.objects.first()
        return standing(held()), newest.login if newest else "", newest.at if newest else None


def fees(actor: Actor) -> tuple[FeeLine, ...]:
    """All fees, also those that hold no more."""
    labels = {name: one.label for name, one in kinds().items()}
    with wall(actor.municipality):
        return tuple(
            FeeLine(one.kind, labels.get(one.kind, one.kind), one.channel, one.yen, one.valid_from)
            for one in Fee.objects.all()
        )


def stopped(municipality: str) -> str:
    """Why a municipality issues nothing, "" while it does."""
    with wall(municipality):
        return stopped_here()


def stops(actor: Actor, limit: int = 20) -> tuple[StopLine, ...]:
    """Stops and resumptions, newest first."""
    with wall(actor.municipality):
        return tuple(StopLine(one.stopped, one.reason, one.login, one.at) for one in Stop.objects.all()[:limit])


def waiting(actor: Actor) -> Waiting:
    """For the home page of who has to do with certificates."""
    with wall(actor.municipality):
        now = standing(held())
        return Waiting(
            stopped=stopped_here(),
            differences=() if now.approved else now.differences,
            set_up=Setting.objects.exists(),
            overflows=Overflow.objects.filter(settled_by="").count(),
            notices=Notice.objects.filter(sent=None).count(),
        )


def everywhere() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Code, reason of a stop, what is not approved, of every municipality with settings: at start, for /metrics."""
    for one in tenancy.municipalities():
        with wall(one.code):
            if Setting.objects.exists():
                now = standing(held())
                yield one.code, stopped_here(), () if now.approved else now.differences


def gaps(actor: Actor) -> Mapping[int, int]:
    """Numbers of a year that no entry has; an empty answer is what the ledger promises."""
    with wall(actor.municipality):
        found = {}
        for year, last in Numbering.objects.values_list("year", "last"):
            missing = last - Issue.objects.filter(year=year).count()
            if missing:
                found[year] = missing
        return found


def _content() -> Content | None:
    found = Setting.objects.first()
    return content(found.content) if found else None
