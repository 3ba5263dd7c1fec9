"""Lists that somebody works off: 文字超過リスト, 本人通知."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.certificates.kinds import kinds
from yakuba.issuance.models import Notice, Overflow, Registration
from yakuba.registry.queries.certificate_record import hidden_among, names_of
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from datetime import date, datetime

    from yakuba.tenancy.acting import Actor

MOST = 200
"""Lines of a list that are shown; whoever works them off sees the next."""


@dataclass(frozen=True, slots=True)
class OverflowLine:
    """What could not be drawn, of whom, how often, and what to do."""

    entry: int
    addressee: str
    name: str
    kind: str
    item: str
    code: str
    hint: str
    at: datetime
    times: int


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A letter that is due: to whom, about which issue of which day."""

    notice: int
    addressee: str
    name: str
    kind: str
    issued_on: date
    role: str


def overflows(actor: Actor) -> tuple[OverflowLine, ...]:
    """Open lines of the 文字超過リスト, newest first; people who do not exist for the actor are left out.

    Raises:
        NotAllowedError: the actor may not issue papers.
    """
    actor.must(Action.ISSUE)
    with wall(actor.municipality):
        found = list(Overflow.objects.filter(settled_by="")[:MOST])
        hidden = hidden_among(actor, [one.addressee for one in found])
        names = names_of(actor, [one.addressee for one in found])
        shown = [one for one in found if one.addressee not in hidden]
        audit.record(
            actor, place="文字超過リスト", action="certificate_lists",
            detail={"shown": [one.addressee for one in shown]},
        )  # fmt: skip
        return tuple(
            OverflowLine(
                one.pk, one.addressee, names.get(one.addressee, ""), _label(one.kind), one.item, one.code, one.hint,
                one.at, one.times,
            )
            for one in shown
        )  # fmt: skip


def notices(actor: Actor) -> tuple[NoticeLine, ...]:
    """Letters that have not left, oldest first.

    Raises:
        NotAllowedError: the actor may not issue papers.
    """
    actor.must(Action.ISSUE)
    with wall(actor.municipality):
        found = list(Notice.objects.filter(sent=None).select_related("issue")[:MOST])
        hidden = hidden_among(actor, [one.addressee for one in found])
        names = names_of(actor, [one.addressee for one in found])
        shown = [one for one in found if one.addressee not in hidden]
        audit.record(
            actor, place="本人通知", action="certificate_lists", detail={"shown": [one.addressee for one in shown]}
        )
        return tuple(
            NoticeLine(
                one.pk, one.addressee, names.get(one.addressee, ""), _label(one.issue.kind), one.issue.issued_on,
                str(one.issue.requester.get("role", "")),
            )
            for one in shown
        )  # fmt: skip


def registered(actor: Actor, addressee: str) -> bool:
    """Whether a person wants to be told today; to be asked by who has the person's page open."""
    with wall(actor.municipality):
        newest = Registration.objects.filter(addressee=addressee).order_by("-id").first()
        return newest is not None and newest.last is None


def _label(kind: str) -> str:
    known = kinds().get(kind)
    return known.label if known else kind
