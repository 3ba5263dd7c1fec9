"""The folder of a run: where every stage leaves its files, and how a killed run knows what is done.

A file that exists under its final name is complete: everything is written beside it and renamed. The marker
`INCOMPLETE` lies in the folder until the last stage is done, so nothing half-made looks finished.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from yakuba import __version__
from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.migration.verification.files import INCOMPLETE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from yakuba.migration.contracts import Project


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A temporary name beside `path` to write to; it becomes `path` only when the block ends well.

    Raises:
        CannotContinueError: the disk is full or the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    try:
        yield temporary
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        reason = error.strerror or "cannot be written"
        raise CannotContinueError(
            f"{path}: {reason}", remedy="free some space or choose another --out, then run again with --resume"
        ) from error


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

    def finish(self) -> None:
        """Everything is written: take the marker away."""
        (self.out / INCOMPLETE).unlink()


def open_workspace(out: Path, project: Project, project_text: bytes, *, resume: bool) -> Workspace:
    """Start a new run folder, or go on with one.

    Raises:
        UsageError: the folder holds something else, or a run of another project or version.
    """
    state = {
        "project": sha256(project_text).hexdigest(),
        "version": __version__,
        "dump": str(project.dump),
    }
    path = out / "work" / "state.json"
    if path.exists() and resume:
        begun = json.loads(path.read_text("utf-8"))
        if {key: begun[key] for key in state} != state:
            raise UsageError(f"{out}: begun with another project, dump or version", remedy="choose another --out")
        return _begun(out, date.fromisoformat(begun["as_of"]))
    if out.exists() and any(out.iterdir()):
        if not path.exists():
            raise UsageError(f"{out}: not empty and not a run", remedy="choose another --out")
        raise UsageError(f"{out}: holds a run", remedy="go on with --resume, or choose another --out")
    today = project.as_of or date.today()  # noqa: DTZ011 - 基準日 is a calendar day at the town hall
    out.mkdir(parents=True, exist_ok=True)
    workspace = _begun(out, today)
    write_json(path, {**state, "as_of": today.isoformat()})
    return workspace


def _begun(out: Path, as_of: date) -> Workspace:
    (out / INCOMPLETE).write_text("未完了: 移行の途中です。 This run is not finished; go on with --resume.\n", "utf-8")
    return Workspace(out, as_of)
