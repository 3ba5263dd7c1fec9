"""A household of a past day (この日の世帯): from the history rows of everybody who was ever recorded in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.registry.display import Shape
from yakuba.registry.models import HomeEntry, Record
from yakuba.registry.queries.shadow import part_roles
from yakuba.registry.queries.timeline import begins, in_force, in_order, roles_of
from yakuba.registry.queries.visible import people

if TYPE_CHECKING:
    from datetime import date

    from yakuba.registry.models import Resident
    from yakuba.tenancy.acting import Actor

_REMOVED = "1"
_ADDRESS = ("prefecture", "city", "town", "number")


@dataclass(frozen=True, slots=True)
class Past:
    """Somebody as the row in force on the day says. person: as of now."""

    person: Resident
    name: str
    kana: str
    relation: str
    sex: str
    birth: str
    birth_era: str
    birth_unknown: str
    kind: str
    place: str
    first_listed: str
    address: str
    removed: bool


def past_members(actor: Actor, number: str, day: date) -> tuple[list[Past], list[Resident]]:
    """Who was recorded in the household on the day; and who may have been, but for whom the history begins later."""
    ever = HomeEntry.objects.filter(municipality=actor.municipality, household=number).values("addressee")
    found = list(
        people(actor).filter(addressee__in=ever, outsider=False).select_related("ledger").order_by("addressee")
    )
    records: dict[str, list[Record]] = {}
    numbers = [one.addressee for one in found]
    for record in Record.objects.filter(
        municipality=actor.municipality, addressee__in=numbers, ledger__in={one.ledger_id for one in found}
    ):
        records.setdefault(record.addressee or "", []).append(record)
    there: list[Past] = []
    beyond: list[Resident] = []
    for one in found:
        rows = [row for row in records.get(one.addressee, []) if row.ledger_id == one.ledger_id]
        past = _on(one, rows, day)
        if past is None and _lived_here(one, rows, day):
            beyond.append(one)
        elif past is not None and past[0] == number:
            there.append(past[1])
    return there, beyond


def _on(one: Resident, rows: list[Record], day: date) -> tuple[str, Past] | None:
    """Household and person of the row in force on the day; None before the first."""
    shape, roles = Shape(one.ledger), roles_of(one.ledger)
    row = in_force(in_order(rows, shape, roles), shape, roles, day)
    if row is None:
        return None
    raws = shape.raws(row.cells)
    said = {role: raws.get(name, "") for role, name in roles.items()}
    building = said.get("building", "")
    past = Past(
        one, said.get("name", ""), said.get("kana", ""), said.get("relation", ""), said.get("sex", ""),
        said.get("birth", ""), said.get("birth_era", ""), said.get("birth_unknown", ""), said.get("kind", ""),
        said.get("place", ""), said.get("first_listed", ""),
        "".join(said.get(role, "") for role in _ADDRESS) + (f"　{building}" if building else ""),
        said.get("removed") == _REMOVED,
    )  # fmt: skip
    return said.get("household", ""), past


def _lived_here(one: Resident, rows: list[Record], day: date) -> bool:
    """Whether the person was a resident on the day, though no row is as old."""
    shape, roles = Shape(one.ledger), roles_of(one.ledger)
    more = part_roles(shape.columns)
    oldest = in_order(rows, shape, roles)[:1]
    raws = shape.raws(oldest[0].cells) if oldest else {}
    became = next((text for role in ("became", "became_foreign") if (text := raws.get(more.get(role, ""), ""))), "")
    return bool(oldest) and "" < became <= day.isoformat() < begins(oldest[0], shape, roles)
