"""What the tests of drills share: one held, what it found, which alarms sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.backup.bcp.vaults import NOW, Sealed

from yakuba.backup.drill.holding import Held, Wanted, hold
from yakuba.backup.models import Alarm
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor


def drill(vault: Sealed, centre: Actor, out: str = "out") -> Held:
    return hold(Wanted(vault.source, vault.folder / out), centre, now=NOW)


def codes(held: Held) -> set[str]:
    return {code for code, _ in held.findings}


def alarms(centre: Actor) -> list[str]:
    with wall(centre.municipality):
        return [one.kind for one in Alarm.objects.filter(ended_at=None)]
