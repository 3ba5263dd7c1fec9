"""Records of other businesses (各業務の記録): which there are, and those of one business, typed by their layouts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists

from yakuba.registry.display import Shape, Value
from yakuba.registry.models import Ledger, Record, Resident
from yakuba.registry.queries.person import one_of, veil_around
from yakuba.registry.queries.shadow import over
from yakuba.registry.queries.timeline import roles_of, rows_in_order
from yakuba.registry.queries.visible import sees_protected
from yakuba.registry.queries.warnings import sealed, warnings
from yakuba.registry.roles import RESIDENT_BUSINESS, table_of
from yakuba.registry.veils import Veil, veil
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.tenancy.acting import Actor

_HIDDEN = ("protection", "together")
"""Tables of roles about 支援措置 itself: only for who manages or may see them."""
MOST = 200
"""Records of one tab that are shown; the newest, as the file has them."""


@dataclass(frozen=True, slots=True)
class Business:
    """A business that has records of a person. identifier, business: of it. count: of records in all its groups."""

    identifier: str
    business: str
    count: int


@dataclass(frozen=True, slots=True)
class Tab:
    """Records of one person in one group.

    Attributes:
        business, title: official names. identifier: of the business. group: of the group.
        rows: newest last; each has all items of the group. count: how many there are.
    """

    business: str
    identifier: str
    title: str
    group: str
    rows: tuple[tuple[Value, ...], ...]
    count: int


def businesses(actor: Actor, addressee: str, *, reason: str = "", place: str = "各業務の記録") -> tuple[Business, ...]:
    """Businesses with records of a person that the actor may see, in the order of the loads; no record is read.

    That somebody is known to a business says something of them: the names of the businesses are logged.

    Args:
        reason: needed for a person who is sealed (支援措置, 抑止).
    """
    with wall(actor.municipality):
        counts: dict[str, Business] = {}
        for ledger, shape, count in _open(actor, *_whom(actor, addressee, reason)):
            before = counts.get(shape.business, Business(shape.business, ledger.business, 0))
            counts[shape.business] = Business(shape.business, before.business, before.count + count)
        found = tuple(counts.values())
        items = [one.business for one in found]
        audit.record(actor, place=place, action="businesses", subject=addressee, items=items, reason=reason)
    return found


def records(
    actor: Actor, addressee: str, *, business: str = "", reason: str = "", place: str = "各業務の記録"
) -> tuple[Tab, ...]:
    """Tabs of a person, in the order of the loads; empty where nobody exists for the actor.

    Args:
        business: identifier of the one business to read, "" = all. reason: needed for a person who is sealed, and for
            items that are withheld without one.
    """
    with wall(actor.municipality):
        whose, found = _whom(actor, addressee, reason)
        around = _around(actor, found, reason) if whose else Veil()
        tabs = tuple(
            _tab(actor, ledger, shape, count, addressee, reason, around)
            for ledger, shape, count in _open(actor, whose, found)
            if business in ("", shape.business)
        )
        items = [f"{tab.business}/{tab.title}" for tab in tabs]
        audit.record(
            actor, place=place, action="records", subject=addressee, items=items, reason=reason,
            detail={"withheld": kept} if (kept := _withheld(tabs)) else None,
        )  # fmt: skip
    return tabs


def _whom(actor: Actor, addressee: str, reason: str) -> tuple[str, Resident | None]:
    """Whose records are read, "" for nobody's; and the person, if it is one of the residents and outsiders."""
    found = one_of(actor, addressee)
    return ("", None) if found and sealed(warnings(found), reason) else (addressee, found)


def _open(actor: Actor, whose: str, found: Resident | None) -> Iterator[tuple[Ledger, Shape, int]]:
    """Ledgers with records of the person that are open to the actor, and how many records each has.

    The number may be of no resident (a company), so who is hidden is left out by the question itself: it is the same,
    and takes as long, for a number that nobody has.
    """
    own = Record.objects.filter(municipality=actor.municipality, addressee=whose)
    if not sees_protected(actor):
        hidden = Resident.objects.filter(municipality=actor.municipality, addressee=whose, protected=True)
        own = own.exclude(Exists(hidden))
    counts = dict(own.values_list("ledger").annotate(count=Count("row")).order_by())
    for ledger in Ledger.objects.filter(pk__in=set(counts)).order_by("load", "place"):
        shape = Shape(ledger)
        about = table_of(ledger.business, ledger.title)
        if not actor.may(Action.VIEW, shape.business) or (about in _HIDDEN and not sees_protected(actor)):
            continue
        if found and ledger.pk == found.ledger_id and ledger.business == RESIDENT_BUSINESS:
            continue
        yield ledger, shape, counts[ledger.pk]


def _around(actor: Actor, found: Resident | None, reason: str) -> Veil:
    """What would name hidden people around the person, whichever business' records it stands in."""
    if found is None or sees_protected(actor):
        return Veil()
    rows = rows_in_order(found, Shape(found.ledger), roles_of(found.ledger))
    return veil_around(actor, found, rows, reason)


def _tab(actor: Actor, ledger: Ledger, shape: Shape, count: int, addressee: str, reason: str, around: Veil) -> Tab:
    rows = Record.objects.filter(municipality=actor.municipality, addressee=addressee, ledger=ledger)
    shown = list(rows.order_by("-row")[:MOST])[::-1]
    hidden = veil(actor, shape.business, shape.columns, reason, around.texts)
    return Tab(
        ledger.business, shape.business, ledger.title, ledger.group,
        tuple(shape.values(row.cells, over(hidden, shape.raws(row.cells))) for row in shown), count,
    )  # fmt: skip


def _withheld(tabs: tuple[Tab, ...]) -> list[str]:
    """Items that were kept back for want of a reason, for the log."""
    return sorted({value.name for tab in tabs for row in tab.rows for value in row if value.withheld})
