"""`migrate` (データ移行): a dump and its project become standard-layout rows with proof, in a run folder.

Arguments: project = path of project.toml; out = path of the run folder. A broken-off run goes on where it stood.
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

TITLE = "データ移行"
ACTION = Action.MIGRATE
EXCLUSIVE = True
SHARED = True


def check(municipality: str, arguments: dict[str, Any]) -> None:
    """Both paths lie in the municipality's own folders."""
    if set(arguments) != {"project", "out"}:
        raise UsageError("データ移行の指定が違います", remedy="project と out を指定してください")
    inside(municipality, arguments["project"])
    inside(municipality, arguments["out"], new=True)


def run(
    actor: Actor,
    out: Path,  # noqa: ARG001 - the run folder is an argument, as a move keeps all its rehearsals in one place
    arguments: dict[str, Any],
    progress: Progress,
) -> tuple[str, dict[str, Any]]:
    """Run or go on."""
    from yakuba.migration.pipeline.run import run as migrate

    project = inside(actor.municipality, arguments["project"])
    target = inside(actor.municipality, arguments["out"], new=True)
    outcome = migrate(project, target, resume=target.exists(), progress=progress)
    proof = "すべての行と値の行き先を証明しました" if outcome.proven else "証明できませんでした。報告書を見てください"
    return f"{outcome.records:,}行を読み、{outcome.written:,}行を書き出しました。{proof}", asdict(outcome)
