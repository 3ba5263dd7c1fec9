"""Drafts (異動の下書き): the row that a change would make of the newest one, and what forbids it. Nothing is written.

Preview and write share this, so that what a clerk has confirmed is what is recorded.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.kernel.errors import UsageError
from yakuba.registry.display import Shape
from yakuba.registry.entering import entered
from yakuba.registry.entry_rules import OF_THE_CHANGE, STAMPED, Problem, problems, words_of
from yakuba.registry.following import following
from yakuba.registry.models import Record
from yakuba.registry.roles import columns_of, table_of
from yakuba.registry.veils import closed_to
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yakuba.registry.models import Resident
    from yakuba.registry.veils import Veil
    from yakuba.tenancy.acting import Actor

_NEVER = ("town", "business", "closed")
"""Roles of the table "person" that no change of a person touches."""


@dataclass(frozen=True)
class Drafted:
    """A row before it is written.

    Attributes:
        before, after: item → cell. changes: items that become another value than before, 異動事由 and days among them.
        problems: what forbids it.
    """

    shape: Shape
    roles: Mapping[str, str]
    before: Mapping[str, str]
    after: Mapping[str, str] = field(default_factory=dict)
    changes: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def newest_row(person: Resident) -> Drafted:
    """The person's newest row, nothing changed yet."""
    shape = Shape(person.ledger)
    roles = columns_of(table_of(person.ledger.business, person.ledger.title), shape.columns)
    row = Record.objects.get(ledger=person.ledger, row=person.row)
    return Drafted(shape, roles, shape.raws(row.cells))


def changeable(actor: Actor, start: Drafted, veil: Veil) -> list[str]:
    """Items that the actor may change in this row, in the order of the layout."""
    more = columns_of("person", start.shape.columns)
    fixed = {start.roles[role] for role in STAMPED if role in start.roles}
    fixed |= {more[role] for role in _NEVER if role in more} | set(veil.kept)
    closed = closed_to(actor, Action.WRITE, start.shape.business, start.shape.columns)
    return [
        name
        for name in start.shape.columns
        if name not in fixed and name not in closed and not veil.masks(name, start.before.get(name, ""))
    ]


def drafted(actor: Actor, start: Drafted, typed: Mapping[str, str]) -> Drafted:
    """The row that the typed texts make of the newest one; texts that cannot be read are among the problems."""
    cells: dict[str, str] = {}
    unread: list[Problem] = []
    for name, text in typed.items():
        try:
            cells |= entered(start.shape, name, text)
        except UsageError as error:
            unread.append((name, f"{error.message}。{error.remedy}"))
    reason = words_of(start.shape, start.roles.get("reason", ""), cells)
    day = cells.get(start.roles.get("day", ""), "")
    cells |= dict(following(start.shape, start.before, cells, reason, day))
    blank = {start.roles[role]: "" for role in OF_THE_CHANGE if role in start.roles}
    after = dict(start.before) | blank | _stamps(actor, start) | cells
    own = {name: cell for name, cell in cells.items() if name in blank or cell != start.before.get(name, "")}
    told = [*unread, *problems(start.shape, start.roles, start.before, after, frozenset(own))]
    if not set(own) - set(blank) and not unread:
        told.append(("", "変わる項目がありません"))
    return Drafted(start.shape, start.roles, start.before, after, own, tuple(told))


def _stamps(actor: Actor, start: Drafted) -> dict[str, str]:
    """What the write says of itself: who, when, which history number."""
    now = timezone.localtime()
    roles, shape = start.roles, start.shape
    number = start.before.get(roles.get("history", ""), "") or "0"
    operator = shape.items.get(roles.get("operator", ""))
    stamps = {
        "history": str(int(number) + 1) if number.isdecimal() else "1",
        "branch": "0",
        "latest": "1",
        "operator": actor.login[: operator.digits if operator else None],
        "operated_on": now.date().isoformat(),
        "operated_at": now.strftime("%H:%M:%S"),
        "processed": now.date().isoformat(),
    }
    return {roles[role]: value for role, value in stamps.items() if role in roles}


@cache
def usual_items() -> Mapping[str, tuple[str, ...]]:
    """異動事由 in words → items that it usually changes (data/entries.csv); names of both families."""
    text = files("yakuba.registry").joinpath("data/entries.csv").read_text("utf-8")
    return {row["reason"]: tuple(row["items"].split("|")) for row in csv.DictReader(text.splitlines())}
