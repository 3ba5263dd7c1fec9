"""異動入力: what of a person can be changed, and what a change would make of the record. Nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.layouts.model import DataType
from yakuba.registry.display import Value, sections
from yakuba.registry.drafting import changeable, drafted, newest_row, usual_items
from yakuba.registry.entering import DATE_HELP, as_typed
from yakuba.registry.queries.household_rules import second_head, without_head
from yakuba.registry.queries.person import head_of, one_of, veil_around
from yakuba.registry.queries.timeline import rows_in_order
from yakuba.registry.queries.visible import BUSINESS
from yakuba.registry.veils import BARE
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yakuba.registry.drafting import Drafted
    from yakuba.registry.models import Resident
    from yakuba.registry.queries.person import Person
    from yakuba.registry.veils import Veil
    from yakuba.tenancy.acting import Actor

PLACE = "異動入力"
_OUTSIDER = "住登外者の記録は、住登外者宛名番号管理の業務で変更します"
_OF_THE_PAGE = ("reason", "day", "notified")
"""Roles that every change asks for, whatever it changes."""


@dataclass(frozen=True, slots=True)
class Field:
    """One item to be entered.

    Attributes:
        name: official item name. typed: the present value as it would be typed. text: as people read it.
        choices: code and words, for an item with a code list. help: how to type it. longest: characters, None = any.
    """

    name: str
    typed: str
    text: str
    choices: tuple[tuple[str, str], ...]
    help: str
    longest: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be entered for a person.

    Attributes:
        person: who it is, without items. refused: why nothing can be written, "" for nothing against it.
        reasons: 異動事由, code and words. reason_item, day_item, notified_item: names of these items.
        offered: items that can be changed, by section. fields: those that were asked for.
        usual: 異動事由 (code) → items that it usually changes.
    """

    person: Person
    refused: str
    reasons: tuple[tuple[str, str], ...]
    reason_item: str
    day_item: str
    notified_item: str
    offered: tuple[tuple[str, tuple[str, ...]], ...]
    fields: tuple[Field, ...]
    usual: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Draft:
    """A change before it is written.

    Attributes:
        version: of the person as it is now. changes: item → cell as the layout writes it.
        before, after: the items that would change, in the same order. problems: item ("" = the whole) → sentence.
        alerts: what does not forbid the change, and needs care.
    """

    version: int
    changes: Mapping[str, str]
    before: tuple[Value, ...]
    after: tuple[Value, ...]
    problems: Mapping[str, str]
    alerts: tuple[str, ...]


def entry(actor: Actor, addressee: str, items: Sequence[str] = (), *, why: str = "", reason: str = "") -> Entry | None:
    """What can be entered for a person; None when there is nobody for this actor.

    Args:
        items: whose present values are wanted beside those that every change asks for; they are logged as seen.
        why: 異動事由 (code); without `items` those that it usually changes are wanted. "" = no value is wanted yet.
        reason: for a person who is sealed, and for items that are withheld without one.

    Raises:
        NotAllowedError: the actor may not write.
    """
    actor.must(Action.WRITE, BUSINESS)
    with wall(actor.municipality):
        found = one_of(actor, addressee)
        made = _entry(actor, found, items, why, reason) if found else None
        shown = [one.name for one in made.fields] if made else []
        audit.record(
            actor, place=PLACE, action="view", subject=addressee, items=shown, reason=reason,
            detail=None if made else {"found": 0},
        )  # fmt: skip
    return made


def draft(actor: Actor, addressee: str, typed: Mapping[str, str], *, reason: str = "") -> Draft | None:
    """What the typed texts would make of the record; None when there is nobody for this actor.

    Args:
        typed: official item name → as a clerk typed it. reason: as in `entry`.

    Raises:
        NotAllowedError: the actor may not write.
    """
    actor.must(Action.WRITE, BUSINESS)
    with wall(actor.municipality):
        found = one_of(actor, addressee)
        person = head_of(found, reason) if found else None
        if found is None or person is None or person.sealed:
            audit.record(actor, place=PLACE, action="view", subject=addressee, reason=reason, detail={"found": 0})
            return None
        start = newest_row(found)
        veil = _veil(actor, found, start, reason)
        allowed = set(changeable(actor, start, veil))
        made = drafted(actor, start, {name: text for name, text in typed.items() if name in allowed})
        closed = {name: "変更できない項目です" for name in typed if name not in allowed}
        home = second_head(actor, found, made)
        alerts = tuple(without_head(actor, found, made))
        foreign = person.foreign
        before = tuple(start.shape.value(name, dict(made.before), veil, foreign=foreign) for name in made.changes)
        after = tuple(start.shape.value(name, dict(made.after), veil, foreign=foreign) for name in made.changes)
        audit.record(
            actor, place=PLACE, action="view", subject=addressee, items=sorted(made.changes), reason=reason
        )  # fmt: skip
    first = dict(reversed((*made.problems, *home)))
    return Draft(found.version, made.changes, before, after, first | closed, alerts)


def _entry(actor: Actor, found: Resident, items: Sequence[str], why: str, reason: str) -> Entry:
    person = head_of(found, reason)
    start = newest_row(found)
    veil = _veil(actor, found, start, reason)
    names = [] if person.sealed else changeable(actor, start, veil)
    of_page = {role: start.roles.get(role, "") for role in _OF_THE_PAGE}
    reasons = _choices(start, of_page["reason"])
    empty = (Value(name, "", "", "") for name in names if name not in of_page.values())
    offered = tuple((one.title, tuple(value.name for value in one.values)) for one in sections(empty))
    usual = {code: tuple(name for name in usual_items().get(words, ()) if name in names) for code, words in reasons}
    wanted = (of_page["day"], of_page["notified"], *(items or usual.get(why, ()))) if why else ()
    refused = _OUTSIDER if person.outsider else "、".join(one.title for one in person.warnings if one.forbids)
    return Entry(
        person, refused, reasons, of_page["reason"], of_page["day"], of_page["notified"], offered,
        tuple(_field(start, name) for name in dict.fromkeys(wanted) if name in names), usual,
    )  # fmt: skip


def _veil(actor: Actor, found: Resident, start: Drafted, reason: str) -> Veil:
    return veil_around(actor, found, rows_in_order(found, start.shape, dict(start.roles)), reason)


def _field(start: Drafted, name: str) -> Field:
    item = start.shape.items[name]
    raws = dict(start.before)
    text = start.shape.value(name, raws, BARE).text
    if item is None:
        return Field(name, raws.get(name, ""), text, (), "", None)
    dated = item.type is DataType.DATE and not item.codes
    return Field(
        name, as_typed(start.shape, name, raws), text, _choices(start, name), DATE_HELP if dated else "",
        None if dated else item.digits,
    )  # fmt: skip


def _choices(start: Drafted, name: str) -> tuple[tuple[str, str], ...]:
    """Codes and words of an item with a code list."""
    item = start.shape.items.get(name)
    layout = start.shape.layout
    return tuple(layout.codes[item.codes].values.items()) if item and item.codes and layout else ()
