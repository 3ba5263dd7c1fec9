"""One household (世帯), now or as of a day: its members in the legal order, those who have left beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.registry.display import Shape, shown_date
from yakuba.registry.household_order import Kin, stand
from yakuba.registry.models import Record, Resident
from yakuba.registry.queries.past_household import Past, past_members
from yakuba.registry.queries.visible import BUSINESS, people
from yakuba.registry.roles import columns_of, table_of
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from yakuba.tenancy.acting import Actor

_SEXES = {"0": "不明", "1": "男", "2": "女"}
_HEAD = "世帯主"


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
        number: 世帯番号. head: name of the 世帯主 among the members, "" for none. address: where it lives.
        members: who lives there, in the legal order. former: who belonged to it and is 除票, newest number last.
        as_of: the day asked for, None = now.
        beyond: who belonged to it at some time and lived here on that day, but whose history does not reach it: nobody
            can say from these records where they belonged then.
    """

    number: str
    head: str
    address: str
    members: tuple[Member, ...]
    former: tuple[Member, ...]
    as_of: date | None = None
    beyond: tuple[Member, ...] = ()


def household(actor: Actor, number: str, *, as_of: date | None = None, place: str = "世帯") -> Household | None:
    """A household, or None when nobody who exists for the actor belongs to it (on that day).

    Raises:
        NotAllowedError: the actor may not look at residents.
    """
    actor.must(Action.VIEW, BUSINESS)
    with wall(actor.municipality):
        home = None
        if number:
            home = _now(actor, number) if as_of is None else _then(actor, number, as_of)
        shown = [one.addressee for one in (*home.members, *home.former, *home.beyond)] if home else []
        detail: dict[str, object] = {"household": number, "shown": shown}
        detail |= {"as_of": as_of.isoformat()} if as_of else {}
        audit.record(actor, place=place, action="household", detail=detail)
    return home


def _now(actor: Actor, number: str) -> Household | None:
    found = list(people(actor).filter(household=number, outsider=False).select_related("ledger").order_by("addressee"))
    if not found:
        return None
    living = ordered([one for one in found if not one.removed])
    head = next((one for one in living if one.relation == _HEAD), None)
    return Household(
        number, head.name if head else "", (living or found)[0].address,
        tuple(map(_member, living)), tuple(_member(one) for one in found if one.removed),
    )  # fmt: skip


def _then(actor: Actor, number: str, day: date) -> Household | None:
    found, beyond = past_members(actor, number, day)
    if not found and not beyond:
        return None
    living = [one for one in found if not one.removed]
    kin = [Kin(one.person.addressee, one.relation, one.birth, one.name, one.first_listed) for one in living]
    places = [int(one.place) if one.place.isdecimal() else None for one in living]
    living = [living[at] for at in stand(places, kin)]
    head = next((one for one in living if one.relation == _HEAD), None)
    return Household(
        number, head.name if head else "", next((one.address for one in (*living, *found)), ""),
        tuple(map(_past_member, living)), tuple(_past_member(one) for one in found if one.removed),
        day, tuple(map(_member, beyond)),
    )  # fmt: skip


def ordered(members: Sequence[Resident]) -> list[Resident]:
    """The stored order (記載順位), which a clerk may have changed; without a whole one that of the standard."""
    places = [one.place for one in members]
    whole = None not in places and len(set(places)) == len(places)
    kin = [Kin(one.addressee, one.relation, one.birth, one.name, "" if whole else _first_listed(one))
           for one in members]  # fmt: skip
    return [members[at] for at in stand(places, kin)]


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


def _past_member(one: Past) -> Member:
    """As of the day; the warnings are those of today, which must not be overlooked."""
    return Member(
        addressee=one.person.addressee, name=one.name, kana=one.kana, relation=one.relation,
        sex=_SEXES.get(one.sex, ""), foreign=one.kind == "2", removed=one.removed,
        birth=shown_date(one.birth, one.birth_era, one.birth_unknown, western=one.kind == "2"),
        protected=one.person.protected, blocked=one.person.blocked, leaving="",
    )  # fmt: skip
