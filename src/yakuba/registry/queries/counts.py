"""Counts (集計): the municipalities of a group in numbers, for its operators. No row of a person is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from yakuba.registry.models import Statistic
from yakuba.tenancy import audit
from yakuba.tenancy.acting import NotAllowedError
from yakuba.tenancy.database.walls import group_wall, wall

if TYPE_CHECKING:
    from datetime import date, datetime

    from yakuba.tenancy.acting import Actor


@dataclass(frozen=True, slots=True)
class Counts:
    """One municipality.

    Attributes:
        code, name: of the municipality. as_of: the day its records stand for. at: when they were counted.
        population, male, female, foreign, households, mixed, removed, outsiders: as in `services.statistics`.
        pyramid: [{"from": 0, "male": 3, "female": 2}, …] of five years each.
        months: {"2026-04": {"転居": 12, …}, …} of the last two years.
    """

    code: str
    name: str
    as_of: date
    at: datetime
    population: int
    male: int
    female: int
    foreign: int
    households: int
    mixed: int
    removed: int
    outsiders: int
    pyramid: list[dict[str, int]] = field(default_factory=list)
    months: dict[str, dict[str, int]] = field(default_factory=dict)


def counts(actor: Actor) -> tuple[Counts, ...]:
    """Municipalities of the operator's group that have been loaded; for staff of a municipality, their own.

    Raises:
        NotAllowedError: an actor of neither.
    """
    if actor.municipality:
        with wall(actor.municipality):
            return tuple(_counts(row) for row in _rows().filter(municipality=actor.municipality))
    if actor.group is None:
        raise NotAllowedError("団体にもグループにも属していません", remedy="利用者を確かめてください")
    with group_wall(actor.group):
        audit.record(actor, place="共同利用の状況", action="counts")
        return tuple(_counts(row) for row in _rows())


def _rows() -> Any:
    return Statistic.objects.select_related("municipality").order_by("municipality")


def _counts(row: Statistic) -> Counts:
    return Counts(row.municipality_id, row.municipality.name, row.as_of, row.at, **row.numbers)
