"""A folder for an unknown dump, the proposal for it, and a run of that proposal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from yakuba.kernel.progress import SILENT
from yakuba.migration.intake import stage
from yakuba.migration.project import read_project
from yakuba.migration.proposal import look, write_project

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.migration.contracts import Project, Staged
    from yakuba.migration.proposal.model import Dump, SourceLook


@dataclass
class Bench:
    """A dump in a folder of its own."""

    folder: Path

    def put(self, name: str, data: bytes | str, encoding: str = "utf-8") -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode(encoding))

    def look(self) -> Dump:
        return look(self.folder)

    def only(self) -> SourceLook:
        (source,) = self.look().sources
        return source

    def project(self, municipality: str = "990019") -> Project:
        """The proposed project, written and read again the way a run reads it."""
        target = self.folder / "project.toml"
        write_project(self.look(), target, self.folder, name="", municipality=municipality, layout="kihon")
        return read_project(target)

    def stage(self) -> list[Staged]:
        project = self.project()
        work = self.folder.parent / "work"
        return [stage(source, project.dump, work / source.name, SILENT) for source in project.sources]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """An empty dump."""
    (tmp_path / "dump").mkdir()
    return Bench(tmp_path / "dump")
