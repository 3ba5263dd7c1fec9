"""The folder of a run: where every stage leaves its files, and how a killed run knows what is done.

A file that exists under its final name is complete: everything is written beside it and renamed. The marker
`INCOMPLETE` lies in the folder until the last stage is done, so nothing half-made looks finished.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from yakuba import __version__
from yakuba.kernel.errors import UsageError
from yakuba.kernel.town_time import today
from yakuba.migration.verification.files import INCOMPLETE
from yakuba.migration.whole import whole

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.migration.contracts import Project


def write_json(path: Path, document: Any) -> None:
    """Write canonical, readable JSON in one piece."""
    with whole(path) as temporary:
        temporary.write_text(json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


@dataclass(frozen=True)
class Workspace:
    """One run folder. `as_of` is fixed at the first start and kept by `--resume`."""

    out: Path
    as_of: date

    @property
    def work(self) -> Path:
        """Intermediate files; may be deleted after the run."""
        return self.out / "work"

    def stage(self, source: str) -> Path:
        """Folder of a source's staged parts."""
        return self.work / "stage" / source

    def table(self, index: int) -> Path:
        """Folder of a table's converted parts."""
        return self.work / "tables" / f"{index:03d}"

    def settle(self, made_from: str) -> None:
        """Keep what an earlier start left only when it was made from the same: project, dump, answers and version.

        Args:
            made_from: digest of everything that the converted parts depend on.
        """
        path = self.work / "made-from.json"
        if _json(path).get("digest") == made_from:
            return
        path.unlink(missing_ok=True)
        for left in (self.work / "tables", *(self.out / name for name in MADE)):
            if left.exists():
                shutil.rmtree(left)
        write_json(path, {"digest": made_from})

    def finish(self) -> None:
        """Everything is written: take the marker away."""
        (self.out / INCOMPLETE).unlink()


MADE = ("data", "lineage", "layout", "rejected", "evidence")
"""Folders of a run that a changed project may leave files in; every other output has one name and is written over."""


def open_workspace(out: Path, project: Project, project_text: bytes, *, resume: bool) -> Workspace:
    """Start a new run folder, or go on with one.

    An unfinished run goes on after its project file was mended; a finished one is only made again as it was.

    Raises:
        UsageError: the folder holds something else, or the run of another town or dump, or files the project reads.
    """
    _apart(out, project)
    town = {"name": project.name, "municipality": project.municipality, "dump": str(project.dump)}
    state = {**town, "project": sha256(project_text).hexdigest(), "version": __version__}
    path = out / "work" / "state.json"
    as_of = project.as_of
    if path.exists():
        if not resume:
            raise UsageError(f"{out}: holds a run", remedy="go on with --resume, or choose another --out")
        begun = _json(path)
        same = town if (out / INCOMPLETE).exists() else state
        if {key: begun.get(key) for key in same} != same:
            raise UsageError(f"{out}: begun with another project, dump or version", remedy="choose another --out")
        as_of = as_of or date.fromisoformat(begun["as_of"])
    elif not _untouched(out):
        raise UsageError(f"{out}: not empty and not a run", remedy="choose another --out")
    as_of = as_of or today()
    out.mkdir(parents=True, exist_ok=True)
    (out / INCOMPLETE).write_text("未完了: 移行の途中です。 This run is not finished; go on with --resume.\n", "utf-8")
    # What a killed run was just writing must not be taken for a result: it would be signed and then be gone.
    for half_written in out.rglob(".*.part"):
        half_written.unlink()
    write_json(path, {**state, "as_of": as_of.isoformat()})
    return Workspace(out, as_of)


def _json(path: Path) -> dict[str, Any]:
    """A document of ours; {} when there is none or it was damaged."""
    try:
        return dict(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return {}


def _untouched(out: Path) -> bool:
    """Whether a folder is new, or holds no more than a start that was killed at once leaves."""
    first = {INCOMPLETE, ".state.json.part"}
    return not out.exists() or all(path.name in first for path in out.rglob("*") if not path.is_dir())


def _apart(out: Path, project: Project) -> None:
    """Answers and mended records must not lie where the run writes: it would write over them."""
    mine = [project.decisions, *(source.replay for source in project.sources)]
    for name in filter(None, mine):
        if (project.folder / name).resolve().is_relative_to(out.resolve()):
            raise UsageError(
                f"{name}: lies in the run folder, which is written over", remedy="copy it beside the project file"
            )
