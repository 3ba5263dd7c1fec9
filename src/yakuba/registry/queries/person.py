"""One person (個人): all items by section, the history as a timeline, the view as of any day, warnings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.registry.display import Section, Shape, Value, sections, shown_date
from yakuba.registry.models import Record, Resident
from yakuba.registry.queries.visible import BUSINESS, people
from yakuba.registry.queries.warnings import Caution, warnings
from yakuba.registry.roles import columns_of, table_of
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action, masked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from yakuba.tenancy.acting import Actor


@dataclass(frozen=True, slots=True)
class Change:
    """One history row (異動).

    Attributes:
        number: 履歴番号. reason: 異動事由. day, processed: 異動日 and 処理日, as people read them.
        before, after: items that it changed, in the same order; masked ones say only that they changed.
        row: which row it is; shown: whether the view is of this row. added: written here, not migrated.
    """

    number: str
    reason: str
    day: str
    processed: str
    before: tuple[Value, ...]
    after: tuple[Value, ...]
    row: int
    shown: bool
    added: bool


@dataclass(frozen=True, slots=True)
class Person:
    """One person as of a day.

    Attributes:
        sealed: under 支援措置 and no reason was given: only that there is a warning, nothing else.
        version: to give back with a write; the second of two clerks is told.
        sections: items of the row in force. history: newest first. as_of: the day asked for, None = now.
        newest: whether the row in force is the newest.
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
    sections: tuple[Section, ...]
    history: tuple[Change, ...]
    as_of: date | None
    newest: bool


def resident(
    actor: Actor, addressee: str, *, as_of: date | None = None, reason: str = "", place: str = "個人"
) -> Person | None:
    """A person, or None: nobody has this number, not on this day, or not for this actor; the three look alike.

    Args:
        addressee: 宛名番号. as_of: the day to look at, None = now.
        reason: why; needed to see more of a person under 支援措置 than the warning. place: the screen, for the log.

    Raises:
        NotAllowedError: the actor may not look at residents.
    """
    actor.must(Action.VIEW, BUSINESS)
    with wall(actor.municipality):
        found = people(actor).filter(addressee=addressee).select_related("ledger").first()
        person = _person(actor, found, as_of, reason) if found else None
        shown = [value.name for one in person.sections for value in one.values if not value.masked] if person else []
        detail: dict[str, object] = {"as_of": as_of.isoformat()} if as_of else {}
        audit.record(
            actor, place=place, action="view", subject=addressee, items=shown, reason=reason,
            detail=detail if person else detail | {"found": 0},
        )  # fmt: skip
    return person


def _person(actor: Actor, found: Resident, as_of: date | None, reason: str) -> Person | None:
    told = warnings(found)
    if found.protected and not reason.strip():
        return _as_shown(found, told, as_of)
    shape = Shape(found.ledger)
    roles = columns_of(table_of(found.ledger.business, found.ledger.title), shape.columns)
    rows = _history(found, shape, roles)
    row = _in_force(rows, shape, roles, as_of)
    if row is None:
        return None
    hidden = masked(actor, shape.business, shape.columns)
    foreign = found.kind == "2"
    values = shape.values(row.cells, hidden, foreign=foreign)
    history = tuple(_changes(rows, row, shape, roles, hidden))[::-1]
    return _as_shown(found, told, as_of, sections(values), history, newest=row.row == found.row)


def _as_shown(
    found: Resident,
    told: tuple[Caution, ...],
    as_of: date | None,
    inside: tuple[Section, ...] = (),
    history: tuple[Change, ...] = (),
    *,
    newest: bool = True,
) -> Person:
    return Person(
        addressee=found.addressee, household=found.household, name=found.name, kana=found.kana,
        business=BUSINESS, outsider=found.outsider, removed=found.removed, foreign=found.kind == "2",
        warnings=told, sealed=not inside, version=found.version, sections=inside, history=history, as_of=as_of,
        newest=newest,
    )  # fmt: skip


def _history(found: Resident, shape: Shape, roles: dict[str, str]) -> Sequence[Record]:
    """All rows of the person in the order of their history numbers."""
    rows = list(
        Record.objects.filter(municipality=found.municipality_id, addressee=found.addressee, ledger=found.ledger_id)
    )
    numbers = [shape.columns.index(roles[role]) for role in ("history", "branch") if role in roles]

    def order(record: Record) -> tuple[int, ...]:
        texts = [record.cells[number] or "0" for number in numbers]
        return (*(int(text) if text.isascii() and text.isdigit() else 0 for text in texts), record.row)

    return sorted(rows, key=order)


def _in_force(rows: Sequence[Record], shape: Shape, roles: dict[str, str], as_of: date | None) -> Record | None:
    """The newest row whose 異動日 has come on the day; one without a day counts from its 処理日."""
    if as_of is None or "day" not in roles:
        return rows[-1] if rows else None
    places = [shape.columns.index(roles[role]) for role in ("day", "processed") if role in roles]
    last = as_of.isoformat()
    begun = [row for row in rows if _first(row, places) <= last]
    return begun[-1] if begun else None


def _first(row: Record, places: Sequence[int]) -> str:
    return next((cell for place in places if (cell := row.cells[place])), "")


_NO_CHANGE = {
    *("history", "branch", "latest", "reason", "day", "day_unknown", "processed", "notified", "operator"),
    *("operated_on", "operated_at", "notice_number", "notice_day", "change_kind", "entry_kind"),
}
"""Roles that differ in every row and say nothing about the person."""


def _changes(
    rows: Sequence[Record], shown: Record, shape: Shape, roles: dict[str, str], hidden: frozenset[str]
) -> Iterator[Change]:
    """Each row with what it changed against the one before."""
    beside = {roles[role] for role in _NO_CHANGE if role in roles}
    items = [name for name in shape.columns if name not in beside]
    before: dict[str, str] = {}
    for record in rows:
        raws = dict(zip(shape.columns, (cell or "" for cell in record.cells), strict=False))
        changed = [name for name in items if before and raws.get(name, "") != before.get(name, "")]
        texts = {role: shape.value(roles[role], raws, hidden).text for role in ("history", "reason") if role in roles}
        yield Change(
            number=texts.get("history", ""),
            reason=texts.get("reason", ""),
            day=shown_date(raws.get(roles.get("day", ""), ""), unknown=raws.get(roles.get("day_unknown", ""), "")),
            processed=shown_date(raws.get(roles.get("processed", ""), "")),
            before=tuple(shape.value(name, before, hidden) for name in changed),
            after=tuple(shape.value(name, raws, hidden) for name in changed),
            row=record.row,
            shown=record.row == shown.row,
            added=record.added,
        )
        before = raws
