"""One person (個人): who it is, all items by section, the history as a timeline, the view as of any day, warnings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from yakuba.registry.display import Section, Shape, Value, sections
from yakuba.registry.queries.shadow import hidden_near, over, part_roles, texts_for
from yakuba.registry.queries.timeline import Change, begins, changes, in_force, roles_of, rows_in_order
from yakuba.registry.queries.visible import BUSINESS, people
from yakuba.registry.queries.warnings import Caution, sealed, warnings
from yakuba.registry.veils import veil
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from yakuba.registry.models import Record, Resident
    from yakuba.registry.veils import Veil
    from yakuba.tenancy.acting import Actor


@dataclass(frozen=True, slots=True)
class Person:
    """One person as of a day.

    Attributes:
        household: 世帯番号, of the day asked for.
        sealed: a reason is needed and none was given: only that there are warnings, nothing else.
        version: to give back with a write; the second of two clerks is told.
        sections: items of the row in force. history: newest first. as_of: the day asked for, None = now.
        newest: whether the row in force is the newest.
        first: the day with which the history begins, YYYY-MM-DD. became: of becoming a resident, likewise; a day
            between the two is one that the history does not reach.
    """

    addressee: str
    household: str
    name: str
    kana: str
    business: str
    outsider: bool
    removed: bool
    foreign: bool
    warnings: tuple[Caution, ...]
    sealed: bool
    version: int
    sections: tuple[Section, ...] = ()
    history: tuple[Change, ...] = ()
    as_of: date | None = None
    newest: bool = True
    first: str = ""
    became: str = ""


def head(actor: Actor, addressee: str, *, reason: str = "", place: str = "個人") -> Person | None:
    """Who somebody is and what to beware of, and no item; None as of `resident`.

    Raises:
        NotAllowedError: the actor may not look at residents.
    """
    actor.must(Action.VIEW, BUSINESS)
    with wall(actor.municipality):
        found = one_of(actor, addressee)
        person = head_of(found, reason) if found else None
        items = ("氏名",) if person and not person.sealed else ()
        _log(actor, place, "view", addressee, items, reason, person)
    return person


def resident(
    actor: Actor, addressee: str, *, as_of: date | None = None, reason: str = "", place: str = "個人"
) -> Person | None:
    """A person, or None: nobody has this number, not on this day, or not for this actor; the three look alike.

    Args:
        addressee: 宛名番号. as_of: the day to look at, None = now.
        reason: why; needed to see more than the warning of a person who is sealed (支援措置, 抑止), and to see items
            that are withheld without one. place: the screen, for the log.

    Raises:
        NotAllowedError: the actor may not look at residents.
    """
    actor.must(Action.VIEW, BUSINESS)
    with wall(actor.municipality):
        found = one_of(actor, addressee)
        person = _whole(actor, found, as_of, reason) if found else None
        values = [value for one in person.sections for value in one.values] if person else []
        _log(actor, place, "view", addressee, _seen(values), reason, person, as_of)
    return person


def history(actor: Actor, addressee: str, *, reason: str = "", place: str = "履歴") -> Person | None:
    """A person with the whole history and without the items of now; None as of `resident`.

    Raises:
        NotAllowedError: the actor may not look at residents.
    """
    actor.must(Action.VIEW, BUSINESS)
    with wall(actor.municipality):
        found = one_of(actor, addressee)
        person = _whole(actor, found, None, reason) if found else None
        values = [value for one in person.history for value in (*one.before, *one.after)] if person else []
        _log(actor, place, "history", addressee, dict.fromkeys(_seen(values)), reason, person)
    return replace(person, sections=()) if person else None


def one_of(actor: Actor, addressee: str) -> Resident | None:
    """Who has the number and exists for the actor."""
    return people(actor).filter(addressee=addressee).select_related("ledger").first()


def _seen(values: Iterable[Value]) -> list[str]:
    """Names of the items that were handed out."""
    return [value.name for value in values if not value.hidden]


def _log(
    actor: Actor,
    place: str,
    action: str,
    addressee: str,
    items: Iterable[str],
    reason: str,
    person: Person | None,
    as_of: date | None = None,
) -> None:
    detail: dict[str, object] = {"as_of": as_of.isoformat()} if as_of else {}
    detail |= {} if person else {"found": 0}
    audit.record(
        actor, place=place, action=action, subject=addressee, items=items, reason=reason, detail=detail
    )  # fmt: skip


def head_of(found: Resident, reason: str) -> Person:
    """Who it is, with the warnings and whether they ask for a reason that is not given. Inside the wall."""
    told = warnings(found)
    return Person(
        addressee=found.addressee, household=found.household, name=found.name, kana=found.kana,
        business=BUSINESS, outsider=found.outsider, removed=found.removed, foreign=found.kind == "2",
        warnings=told, sealed=sealed(told, reason), version=found.version,
    )  # fmt: skip


def _whole(actor: Actor, found: Resident, as_of: date | None, reason: str) -> Person | None:
    person = replace(head_of(found, reason), as_of=as_of)
    if person.sealed:
        return person
    shape, roles = Shape(found.ledger), roles_of(found.ledger)
    rows = rows_in_order(found, shape, roles)
    row = in_force(rows, shape, roles, as_of)
    if row is None:
        return None
    around = veil_around(actor, found, rows, reason)
    raws = shape.raws(row.cells)
    values = shape.values(row.cells, over(around, raws), foreign=person.foreign)
    more = part_roles(shape.columns)
    return replace(
        person,
        household=raws.get(roles.get("household", ""), "") if as_of else person.household,
        sections=sections(values),
        history=tuple(changes(rows, row, shape, roles, around))[::-1],
        newest=row.row == found.row,
        first=begins(rows[0], shape, roles),
        became=next((day for role in ("became", "became_foreign") if (day := raws.get(more.get(role, ""), ""))), ""),
    )


def veil_around(actor: Actor, found: Resident, rows: Sequence[Record], reason: str) -> Veil:
    """The veil over the rows of a person, with what would name hidden people around."""
    shape = Shape(found.ledger)
    raws = [shape.raws(row.cells) for row in rows]
    texts = texts_for(hidden_near(actor, raws), raws, found.name)
    return veil(actor, shape.business, shape.columns, reason, texts)
