"""Records of other businesses (各業務の記録): a tab per group, typed by its layout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.registry.display import Shape, Value
from yakuba.registry.models import Ledger, Record, Resident
from yakuba.registry.queries.visible import sees_protected
from yakuba.registry.roles import RESIDENT_BUSINESS, table_of
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action, masked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.tenancy.acting import Actor

_HIDDEN = ("protection", "together")
"""Tables of roles about 支援措置 itself: only for who manages or may see them."""
MOST = 200
"""Records of one tab that are shown; the newest, as the file has them."""


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


def records(actor: Actor, addressee: str, *, reason: str = "", place: str = "各業務の記録") -> tuple[Tab, ...]:
    """Tabs of a person, in the order of the loads; empty where nobody exists for the actor.

    Args:
        reason: needed for a person under 支援措置.
    """
    with wall(actor.municipality):
        found = Resident.objects.filter(municipality=actor.municipality, addressee=addressee).first()
        hidden = bool(found and found.protected and not (sees_protected(actor) and reason.strip()))
        tabs = tuple(_tabs(actor, "" if hidden else addressee, found))
        items = [f"{tab.business}/{tab.title}" for tab in tabs]
        audit.record(actor, place=place, action="records", subject=addressee, items=items, reason=reason)
    return tabs


def _tabs(actor: Actor, addressee: str, found: Resident | None) -> Iterator[Tab]:
    own = Record.objects.filter(municipality=actor.municipality, addressee=addressee).values_list("ledger", flat=True)
    for ledger in Ledger.objects.filter(pk__in=set(own)).order_by("load", "place"):
        shape = Shape(ledger)
        roles = table_of(ledger.business, ledger.title)
        if not actor.may(Action.VIEW, shape.business) or (roles in _HIDDEN and not sees_protected(actor)):
            continue
        if found and ledger.pk == found.ledger_id and ledger.business == RESIDENT_BUSINESS:
            continue
        rows = Record.objects.filter(municipality=actor.municipality, addressee=addressee, ledger=ledger)
        hidden = masked(actor, shape.business, shape.columns)
        shown = list(rows.order_by("-row")[:MOST])[::-1]
        yield Tab(
            ledger.business, shape.business, ledger.title, ledger.group,
            tuple(shape.values(row.cells, hidden) for row in shown), rows.count(),
        )  # fmt: skip
