"""Shadows (秘匿者の影): what in other people's records would name somebody who does not exist for the actor.

A hidden person can be the 世帯主 or the 筆頭者 of somebody who is not hidden, or stand in a tax or insurance record of
the family. Wherever a cell holds the name or the 宛名番号 of such a person, the cell is masked. Only people who belong
to the hidden one count, by household or by family register: a namesake elsewhere must not be masked, since the mask
itself would tell of the hidden person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.registry.display import Shape
from yakuba.registry.models import HomeEntry, Record, Resident
from yakuba.registry.queries.visible import sees_protected
from yakuba.registry.roles import columns_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from yakuba.registry.veils import Veil
    from yakuba.tenancy.acting import Actor

Raws = dict[str, str]
"""Official item name → cell of one row of residents."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """One hidden person: texts that name them, households they ever belonged to, family registers likewise."""

    texts: frozenset[str]
    homes: frozenset[str]
    registers: frozenset[tuple[str, str]]


def part_roles(columns: Sequence[str]) -> dict[str, str]:
    """Role → item, of the roles that this rule needs."""
    return columns_of("resident", columns) | columns_of("person", columns)


def hidden_near(actor: Actor, rows: Iterable[Raws]) -> tuple[Hidden, ...]:
    """People who do not exist for the actor and are named, or live, where these rows are. Inside the wall."""
    rows = list(rows)
    if sees_protected(actor) or not rows:
        return ()
    roles = part_roles(list(rows[0]))
    homes = _said(rows, roles, "household")
    names = _said(rows, roles, "head") | _said(rows, roles, "first_listed")
    hidden = Resident.objects.filter(municipality=actor.municipality, protected=True).select_related("ledger")
    there = HomeEntry.objects.filter(municipality=actor.municipality, household__in=sorted(homes))
    found = {one.pk: one for one in hidden.filter(addressee__in=there.values("addressee"))}
    found |= {one.pk: one for one in hidden.filter(name__in=sorted(names))} if names else {}
    return tuple(_hidden(one) for one in found.values())


def texts_for(hidden: Iterable[Hidden], rows: Iterable[Raws], own: str) -> frozenset[str]:
    """What must not be read in the records of one person.

    Args:
        rows: the person's. own: the person's own name, which is never masked.
    """
    rows = list(rows)
    if not rows:
        return frozenset()
    roles = part_roles(list(rows[0]))
    homes, registers = _said(rows, roles, "household"), _registers(rows, roles)
    near = (one for one in hidden if one.homes & homes or one.registers & registers)
    return frozenset[str]().union(*(one.texts for one in near)) - {own, ""}


def over(veil: Veil, raws: Raws) -> Veil:
    """The veil for one row: with the name of the 筆頭者 go its parts."""
    roles = part_roles(list(raws)) if veil.texts else {}
    if raws.get(roles.get("first_listed", ""), "") not in veil.texts:
        return veil
    return veil.also(roles[role] for role in ("first_listed_family", "first_listed_given") if role in roles)


def _hidden(one: Resident) -> Hidden:
    shape = Shape(one.ledger)
    records = Record.objects.filter(municipality=one.municipality_id, addressee=one.addressee, ledger=one.ledger_id)
    rows = [shape.raws(record.cells) for record in records]
    roles = part_roles(shape.columns)
    names = _said(rows, roles, "name") | {one.name, one.alias, one.addressee}
    return Hidden(frozenset(names - {""}), frozenset(_said(rows, roles, "household")), _registers(rows, roles))


def _said(rows: Iterable[Raws], roles: dict[str, str], role: str) -> set[str]:
    return {text for row in rows if (text := row.get(roles.get(role, ""), ""))}


def _registers(rows: Iterable[Raws], roles: dict[str, str]) -> frozenset[tuple[str, str]]:
    """Family registers: 筆頭者 and 本籍; one without a 筆頭者 is none."""
    items = [roles.get(role, "") for role in ("first_listed", "domicile")]
    pairs = {(row.get(items[0], ""), row.get(items[1], "")) for row in rows}
    return frozenset(pair for pair in pairs if pair[0])
