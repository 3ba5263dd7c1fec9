"""Putting back (過去時点への復元): one municipality's records give way to a generation's, its neighbours' do not.

The program's own role may take back a load only while nothing was written since. What is done here throws away what
was written, so it needs the owner of the tables, who is held by the walls like everybody else; a person who may only
use the program cannot do it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.progress import SILENT
from yakuba.registry.models import Ledger, Load, Record
from yakuba.registry.services.load import Loaded, taken_in
from yakuba.registry.services.taking_in import one_at_a_time
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from yakuba.kernel.progress import Progress
    from yakuba.registry.services.run_folder import RunFolder
    from yakuba.tenancy.acting import Actor

_OF_LOADS = "ledger IN (SELECT id FROM registry_ledger WHERE municipality = %s)"
_EVERYTHING = (
    "DELETE FROM registry_searchentry WHERE municipality = %s",
    "DELETE FROM registry_homeentry WHERE municipality = %s",
    "DELETE FROM registry_resident WHERE municipality = %s",
    f"DELETE FROM registry_record WHERE {_OF_LOADS}",  # noqa: S608 - our own names
    "DELETE FROM registry_ledger WHERE municipality = %s",
    "DELETE FROM registry_load WHERE municipality = %s",
    "DELETE FROM registry_statistic WHERE municipality = %s",
)


def written_since(actor: Actor) -> int:
    """Records of the actor's municipality that were written here, after their load."""
    actor.must(Action.LOAD)
    with wall(actor.municipality):
        return Record.objects.filter(ledger__in=list(Ledger.objects.all()), added=True).count()


def replace_all(run: RunFolder, actor: Actor, *, expected: int, reason: str, progress: Progress = SILENT) -> Loaded:
    """Every record of the municipality gives way to what is proven, in one transaction: all or nothing.

    Args:
        expected: how many records written since the loads the caller has saved; more are there = nothing is done.
        reason: why, for the log.

    Raises:
        CannotContinueError: somebody has written meanwhile, or the database's role is not the owner of the tables.
        NotProvenError: as for a load.
    """
    actor.must(Action.LOAD)
    with wall(actor.municipality):
        one_at_a_time(actor.municipality)
        must_own()
        _still()
        now = written_since(actor)
        if now != expected:
            raise CannotContinueError(
                f"書き出した後に記録が書き込まれました（{expected:,} 件 → {now:,} 件）。何も変えていません",
                remedy="窓口の入力を止めてから、もう一度実行してください",
            )
        replaced = Load.objects.count()
        with connection.cursor() as cursor:
            for statement in _EVERYTHING:
                cursor.execute(statement, [actor.municipality])
        loaded = taken_in(run, actor, replaced, progress)
        audit.record(
            actor, place="過去時点への復元", action="put_back", reason=reason,
            detail={"evidence": run.head, "as_of": run.as_of.isoformat(), "written": expected, "rows": loaded.rows},
        )  # fmt: skip
    return loaded


def _still() -> None:
    """Nobody writes to a record from here to the commit; everybody reads on."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE registry_record IN SHARE ROW EXCLUSIVE MODE")


def must_own() -> None:
    """Go on only as the owner of the tables.

    Raises:
        CannotContinueError: this process has another role.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_userbyid(relowner) = current_user FROM pg_class WHERE oid = 'registry_record'::regclass"
        )
        if not cursor.fetchone()[0]:
            raise CannotContinueError(
                "表の所有者として接続していません not connected as the owner of the tables",
                remedy="DATABASE_OWNER_URL を設定して、yakuba backup put-back から実行してください",
            )
