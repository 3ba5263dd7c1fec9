"""Kinds of jobs (仕事の種類): one file each, found by its name. What they have in common is `Kind`.

An app above this room has its own in a package `job_kinds` beside its models.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, cast

from yakuba.registry.jobs.places import found

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.kernel.progress import Progress
    from yakuba.tenancy.acting import Actor
    from yakuba.tenancy.rights import Action


class Kind(Protocol):
    """What every file here has.

    Attributes:
        TITLE: its name on screens. ACTION: the right it needs, asked at the request and again at the start.
        EXCLUSIVE: no other exclusive job of the same municipality runs beside it.
        SHARED: colleagues with the right see it too.
    """

    TITLE: str
    ACTION: Action
    EXCLUSIVE: bool
    SHARED: bool

    def check(self, municipality: str, arguments: dict[str, Any]) -> None:
        """Refuse arguments that cannot be meant (UsageError)."""

    def run(self, actor: Actor, out: Path, arguments: dict[str, Any], progress: Progress) -> tuple[str, dict[str, Any]]:
        """Do it, again if need be: a worker that is killed leaves a job half-done, and the next one starts it anew.

        Args:
            out: the job's own folder, there and perhaps not empty.

        Returns:
            one sentence on what was done, and numbers and file names for screens.
        """


@cache
def kinds() -> dict[str, Kind]:
    """All kinds by name."""
    modules = found("yakuba.registry.jobs.kinds", "job_kinds")
    return {name: cast("Kind", module) for name, module in sorted(modules.items())}
