"""The menu (取り扱える証明書): what this person may get at a machine at this moment, and what may be chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.certificates.kinds import kind as kind_named
from yakuba.issuance.application import Application, Channel, Requester, Role
from yakuba.issuance.kiosk.hours import Hours, Pause, paused
from yakuba.issuance.kiosk.reasons import Reason
from yakuba.issuance.kiosk.restrictions import restriction
from yakuba.issuance.rules import refusals, rules
from yakuba.issuance.services.asking import cases_of
from yakuba.issuance.terms import terms
from yakuba.registry.queries.certificate_record import certificate_record
from yakuba.tenancy.acting import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from yakuba.certificates.fields import Choice
    from yakuba.issuance.application import Refusal
    from yakuba.issuance.approving import Held
    from yakuba.issuance.case import Case
    from yakuba.issuance.kiosk.machines import Machines
    from yakuba.issuance.kiosk.models import Offer, Service
    from yakuba.registry.queries.certificate_record import CertificateRecord
    from yakuba.tenancy.acting import Actor

REQUESTER = Requester(role=Role.SELF.value, documents=("certificate",), purpose="コンビニ交付", card="コンビニ交付")
"""The card and its PIN are the proof of identity of a person at a machine."""
PLACE = "コンビニ交付"
_REASONS = {"seal": Reason.NOT_REGISTERED, "tax": Reason.NO_RECORD, "dues": Reason.NO_RECORD,
            "address_history": Reason.NO_RECORD, "protected": Reason.HIDDEN, "blocked": Reason.HIDDEN,
            "state": Reason.MOVED, "members": Reason.CHANGED, "changed_meanwhile": Reason.CHANGED}  # fmt: skip
"""Rules of `issuance` that say something about the person."""
_TOWN = ("stopped", "not_approved")
"""Rules by which the municipality issues nothing at all."""


@dataclass(frozen=True, slots=True)
class Dish:
    """One kind on the menu.

    Attributes:
        kind, label: of the certificate. fee: yen. choices: what may be chosen.
        household: whether others of the household may be on the paper. never_together: choices that refuse each other.
    """

    kind: str
    label: str
    fee: int
    choices: tuple[Choice, ...]
    household: bool
    never_together: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """What there is. reason: why there is nothing. members: 宛名番号 and name of the household, in the legal order."""

    dishes: tuple[Dish, ...] = ()
    members: tuple[tuple[str, str], ...] = ()
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds at the machines of the municipality now. offers: kinds that are open at this moment."""

    service: Service
    offers: Mapping[str, Offer] = field(default_factory=dict)


def rules_now(said: Machines, moment: datetime) -> Rules | None:
    """Kinds that are open; None where nothing is: switched off, a gap in the cards, or the cards too old."""
    service = said.service
    if service is None or not service.running or service.gap or not fresh(service, moment):
        return None
    local = timezone.localtime(moment)
    pauses = [Pause(one.kind, one.first, one.last) for one in said.windows if one.last > moment]
    days = tuple(service.closed_days)
    offers = {
        one.kind: one
        for one in said.offers
        if Hours(one.opens, one.closes, one.weekdays, days).open_at(local) and not paused(pauses, one.kind, moment)
    }
    return Rules(service, offers) if offers else None


def fresh(service: Service, moment: datetime) -> bool:
    """Whether the cards are young enough to be believed."""
    if service.feed_minutes is None:
        return True
    return service.fed_at is not None and (moment - service.fed_at).total_seconds() <= service.feed_minutes * 60


def menu(actor: Actor, now: Rules, addressee: str, said: Held | None = None) -> Menu:
    """What a person may get.

    Args:
        addressee: whose card it is, "" for nobody's. said: as for `cases_of`.
    """
    kinds = sorted(now.offers, key=lambda one: terms(one).order)
    try:
        cases = cases_of(actor, [_asked(kind, addressee) for kind in kinds], Channel.KIOSK, PLACE, said)
    except NotFoundError:
        return Menu(reason=Reason.HIDDEN if addressee else Reason.NOBODY)
    record = cases[0].record
    reason = restriction(record, timezone.localdate(), now.service.minimum_age)
    if reason:
        return Menu(reason=reason)
    members = tuple((one.addressee, one.name) for one in record.home)
    dishes = []
    why: Reason | None = None
    for found in cases:
        if refused := why_not(found):
            why = why or refused
        else:
            dishes.append(_dish(found, now.offers[found.kind.identifier]))
    return Menu(tuple(dishes), members) if dishes else Menu(reason=why)


def _asked(kind: str, addressee: str) -> Application:
    return Application(kind, addressee, REQUESTER, (), _defaults(kind))


def why_not(found: Case) -> Reason | None:
    """What speaks against a paper at a machine; a warning, which asks a clerk to take care, does here too."""
    said = refusals(found)
    return reason_of(said) if said else None


def reason_of(said: Sequence[Refusal]) -> Reason:
    """The reason kept for refusals of `issuance`: a town that issues nothing, then the person, then the rest."""
    codes = [one.code for one in said]
    if any(code in _TOWN for code in codes):
        return Reason.CLOSED
    known = [_REASONS[code] for code in codes if code in _REASONS]
    if known:
        return known[0]
    return Reason.CLOSED if any(code in rules() for code in codes) else Reason.NOT_DRAWABLE


def reason_for(actor: Actor, service: Service, record: CertificateRecord) -> Reason | None:
    """What speaks against the person, who need not be on the paper."""
    own: CertificateRecord | None = record
    if record.subject not in record.on_paper:
        own = certificate_record(actor, record.subject.addressee, place=PLACE)
    return Reason.HIDDEN if own is None else restriction(own, timezone.localdate(), service.minimum_age)


def allowed(kind: str, offer: Offer) -> tuple[Choice, ...]:
    """Choices of a kind that the municipality lets people take at a machine, and those that must be made (年度)."""
    return tuple(one for one in kind_named(kind).choices if one.identifier in offer.choices)


def _defaults(kind: str) -> dict[str, bool | str]:
    """A choice that has no default (年度) as it would most likely be taken: this year's."""
    year = str(fiscal_year())
    return {one.identifier: year for one in kind_named(kind).choices if one.identifier == "year"}


def fiscal_year() -> int:
    """年度 whose 税証明 are issued now: the new one from June on."""
    today = timezone.localdate()
    return today.year if today.month >= _NEW_YEAR else today.year - 1


_NEW_YEAR = 6


def _dish(found: Case, offer: Offer) -> Dish:
    kind = found.kind
    return Dish(
        kind.identifier, kind.label, found.fee or 0, allowed(kind.identifier, offer), kind.subject == "household",
        kind.never_together,
    )  # fmt: skip


def by_reference(members: Sequence[str], wanted: Sequence[int]) -> tuple[str, ...]:
    """宛名番号 of members by their places on the menu, from 1; in the order of the menu.

    Raises:
        LookupError: a place that there is not, or twice.
    """
    if len(set(wanted)) != len(wanted) or any(not 1 <= place <= len(members) for place in wanted):
        raise LookupError(wanted)
    return tuple(members[place - 1] for place in sorted(wanted))
