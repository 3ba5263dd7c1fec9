"""Towns that the journeys share: made by the town maker, moved by a real run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from click.testing import CliRunner

from yakuba.cli import root
from yakuba.migration.pipeline.run import Outcome, run

if TYPE_CHECKING:
    from pathlib import Path

SEED = 7


@dataclass(frozen=True)
class Moved:
    """A town that was moved: its project file, its run folder and what the run said."""

    project: Path
    out: Path
    outcome: Outcome


def make_town(folder: Path, form: str, defects: str, *, residents: int, seed: int = SEED) -> Path:
    """Make a town through the command; gives back its project file."""
    arguments = ["town", "make", "--residents", str(residents), "--seed", str(seed), "--form", form]
    result = CliRunner().invoke(root, [*arguments, "--defects", defects, "--out", str(folder)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return folder / "project.toml"


def move(folder: Path, form: str, defects: str, *, residents: int) -> Moved:
    """Make a town in `folder`/dump and move it to `folder`/run."""
    project = make_town(folder / "dump", form, defects, residents=residents)
    return Moved(project, folder / "run", run(project, folder / "run", key_home=folder / "keys"))
