"""One household (世帯): its members in the legal order, those who have left beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.registry.display import Shape, shown_date
from yakuba.registry.household_order import Kin, legal_order
from yakuba.registry.models import Record, Resident
from yakuba.registry.queries.visible import BUSINESS, people
from yakuba.registry.roles import columns_of, table_of
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.tenancy.acting import Actor

_SEXES = {"0": "不明", "1": "男", "2": "女"}


@dataclass(frozen=True, slots=True)
class Member:
    """One member: what a list of the household shows. sealed people are not opened from here without a reason."""

    addressee: str
    name: str
    kana: str
    relation: str
    sex: str
    birth: str
    foreign: bool
    removed: bool
    protected: bool
    blocked: str
    leaving: str


@dataclass(frozen=True, slots=True)
class Household:
    """A household.

    Attributes:
        number: 世帯番号. head: name of the 世帯主, "" when unset. address: where it lives.
        members: who lives there, in the legal order. former: 除票, newest number last.
    """

    number: str
    head: str
    address: str
    members: tuple[Member, ...]
    former: tuple[Member, ...]


def household(actor: Actor, number: str, *, place: str = "世帯") -> Household | None:
    """A household, or None when nobody who exists for the actor belongs to it.

    Raises:
        NotAllowedError: the actor may not look at residents.
    """
    actor.must(Action.VIEW, BUSINESS)
    with wall(actor.municipality):
        found = list(
            people(actor).filter(household=number, outsider=False).select_related("ledger").order_by("addressee")
        )
        audit.record(
            actor, place=place, action="household",
            detail={"household": number, "shown": [one.addressee for one in found]},
        )  # fmt: skip
        if not number or not found:
            return None
        living = _ordered([one for one in found if not one.removed])
    head = next((one for one in living if one.relation == "世帯主"), None)
    return Household(
        number,
        head.name if head else "",
        (living or found)[0].address,
        tuple(map(_member, living)),
        tuple(_member(one) for one in found if one.removed),
    )


def _ordered(members: Sequence[Resident]) -> list[Resident]:
    """The stored order (記載順位), which a clerk may have changed; without a whole one that of the standard."""
    places = [one.place for one in members]
    if None not in places and len(set(places)) == len(places):
        return sorted(members, key=lambda one: one.place or 0)
    by_number = {one.addressee: one for one in members}
    kin = [Kin(one.addressee, one.relation, one.birth, one.name, _first_listed(one)) for one in members]
    return [by_number[one.addressee] for one in legal_order(kin)]


def _first_listed(one: Resident) -> str:
    """筆頭者, from the row the person was made from."""
    name = columns_of(table_of(one.ledger.business, one.ledger.title), one.ledger.columns).get("first_listed")
    row = Record.objects.filter(ledger=one.ledger, row=one.row).first() if name else None
    return (row.cells[Shape(one.ledger).columns.index(name)] or "") if row and name else ""


def _member(one: Resident) -> Member:
    foreign = one.kind == "2"
    return Member(
        addressee=one.addressee, name=one.name, kana=one.kana, relation=one.relation, sex=_SEXES.get(one.sex, ""),
        birth=shown_date(one.birth, one.birth_era, one.birth_unknown, western=foreign), foreign=foreign,
        removed=one.removed, protected=one.protected, blocked=one.blocked, leaving=one.leaving,
    )  # fmt: skip
