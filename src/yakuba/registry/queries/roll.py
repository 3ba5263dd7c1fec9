"""The roll (住民の番号): numbers of people about whom nothing is special, for work that tries what it has built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.registry.queries.visible import BUSINESS, people
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor


def usual_residents(actor: Actor, *, most: int | None = None, place: str) -> tuple[str, ...]:
    """宛名番号 of people who live here and are neither under 支援措置 nor blocked nor about to leave, in their order.

    Args:
        most: so many of them, None = all. place: for the log.

    Raises:
        NotAllowedError: the actor may not look at residents.
    """
    actor.must(Action.VIEW, BUSINESS)
    with wall(actor.municipality):
        usual = people(actor).filter(outsider=False, removed=False, protected=False, blocked="", leaving="")
        found = tuple(usual.order_by("addressee").values_list("addressee", flat=True)[:most])
        audit.record(actor, place=place, action="list", items=("宛名番号",), detail={"found": len(found)})
    return found
