"""`load` (取込み): a proven run folder becomes the municipality's records, whole or not at all.

Arguments: run = path of the run folder; replace = true where it takes the place of an older load.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import UsageError
from yakuba.registry.jobs.place import inside
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.kernel.progress import Progress
    from yakuba.tenancy.acting import Actor

TITLE = "取込み"
ACTION = Action.LOAD
EXCLUSIVE = True
SHARED = True


def check(municipality: str, arguments: dict[str, Any]) -> None:
    """The run folder lies in the municipality's own folders."""
    if set(arguments) - {"run", "replace"} or not isinstance(arguments.get("replace", False), bool):
        raise UsageError("取込みの指定が違います", remedy="run と replace だけを指定してください")
    inside(municipality, arguments.get("run"))


def run(
    actor: Actor,
    out: Path,  # noqa: ARG001 - what a load makes lies in the database
    arguments: dict[str, Any],
    progress: Progress,
) -> tuple[str, dict[str, Any]]:
    """Load; the evidence of a folder that is in already is recognised, so a second start changes nothing."""
    from yakuba.registry.services import load

    folder = inside(actor.municipality, arguments["run"])
    loaded = load(folder, actor, replace=bool(arguments.get("replace", False)), progress=progress)
    if loaded.already:
        return "取込み済みの移行結果です。何も変えていません", asdict(loaded)
    return f"{loaded.rows:,}行（住民と住登外者 {loaded.residents:,}人）を取り込みました", asdict(loaded)
