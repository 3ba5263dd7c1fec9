"""Drills by plan: only of towns that have left a key at the centre, once a week, every night after a failure."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from django.db import connections
from tests.backup.drill.drills import alarms

from yakuba.backup.drill.chores import backup_drill
from yakuba.backup.drill.holding import last_held
from yakuba.backup.services import set_plan
from yakuba.kernel.home import yakuba_home
from yakuba.registry.jobs.chores import chores
from yakuba.tenancy.acting import system

if TYPE_CHECKING:
    from tests.backup.bcp.vaults import Sealed

    from yakuba.tenancy.acting import Actor

pytestmark = pytest.mark.usefixtures("quickly")


def earlier(centre: Actor, days: int) -> None:
    """The drills were held so many days before they were."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT set_config('yakuba.municipality', %s, false)", [centre.municipality])
        cursor.execute("UPDATE drill_drill SET at = at - make_interval(days => %s)", [days])
        cursor.execute("SELECT set_config('yakuba.municipality', '', false)")


def test_the_nightly_work_drills_what_is_due_and_nothing_else(vault: Sealed, centre: Actor) -> None:
    assert "backup_drill" in chores()
    signer = vault.source.chain().entries[0].fields["signer"]
    set_plan(system(), centre.municipality, place=vault.place, signer=signer)
    assert backup_drill.run() == {"passed": 0, "failed": 0}
    assert last_held(centre.municipality) is None
    key = yakuba_home() / "drill-keys" / f"{centre.municipality}.txt"
    key.parent.mkdir(parents=True)
    shutil.copy(vault.identity, key)
    key.chmod(0o600)
    # The object is gone: the drill fails at once, and is due again in the next night.
    gone = vault.folder / "gone"
    shutil.move(vault.folder / "vault" / "objects", gone)
    assert backup_drill.run() == {"passed": 0, "failed": 1}
    assert alarms(centre) == ["drill"]
    assert backup_drill.run() == {"passed": 0, "failed": 1}
    shutil.move(gone, vault.folder / "vault" / "objects")
    assert backup_drill.run() == {"passed": 1, "failed": 0}
    assert alarms(centre) == []
    assert backup_drill.run() == {"passed": 0, "failed": 0}
    earlier(centre, 8)
    shutil.move(vault.folder / "vault" / "objects", gone)
    assert backup_drill.run() == {"passed": 0, "failed": 1}
