"""What the tests of this room share: people with few rights, somebody to look for, folders compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from yakuba.registry.models import Resident
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action, Grant

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.tenancy.acting import Actor


def with_rights(actor: Actor, *rights: tuple[Action, str, str]) -> Actor:
    """A person of the same municipality with these rights (action, business, item group) and no others."""
    grants = tuple(Grant(action, business, group, date.min, date.max) for action, business, group in rights)
    return replace(actor, staff=7, login="clerk", name="窓口 花子", rights=grants)


def counter(actor: Actor) -> Actor:
    """A clerk who may look at residents and write, and nothing that is set apart."""
    rights = [(action, "juminkihondaicho", "") for action in (Action.VIEW, Action.OUTPUT, Action.WRITE)]
    return with_rights(actor, *rights)


def somebody(actor: Actor, **wanted: object) -> Resident:
    """The first person of the municipality that fits."""
    with wall(actor.municipality):
        found = Resident.objects.filter(**wanted).order_by("addressee").first()
    assert found is not None
    return found


def csv_files(folder: Path) -> dict[str, bytes]:
    """CSV files below data/ with their bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted((folder / "data").rglob("*.csv"))}
