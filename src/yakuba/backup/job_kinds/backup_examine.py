"""`backup_examine` (控えの点検): one municipality's, started by what its 連携AP has sent, or from the screen.

Arguments: whole = true reads every stored byte again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yakuba.backup.queries import plan
from yakuba.backup.services import examine
from yakuba.kernel.errors import UsageError
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.kernel.progress import Progress
    from yakuba.tenancy.acting import Actor

TITLE = "控えの点検"
ACTION = Action.OPERATE
EXCLUSIVE = False
SHARED = False


def check(municipality: str, arguments: dict[str, Any]) -> None:
    """There is a plan."""
    if set(arguments) - {"whole"} or not isinstance(arguments.get("whole", False), bool):
        raise UsageError("点検の指定が違います", remedy="whole だけを指定してください")
    if plan(municipality) is None:
        raise UsageError("控えの計画がありません", remedy="yakuba backup plan で作ってください")


def run(
    actor: Actor,
    out: Path,  # noqa: ARG001 - it hands nothing out
    arguments: dict[str, Any],
    progress: Progress,
) -> tuple[str, dict[str, Any]]:
    """Examine; done again it finds the same."""
    found = plan(actor.municipality)
    assert found is not None
    done = examine(found, whole=bool(arguments.get("whole", False)), progress=progress)
    return f"{done.get('objects', 0):,}個の封印物を確かめました", done
