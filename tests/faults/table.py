"""All works by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults.sealing import Sealing
from tests.faults.town import Town
from tests.faults.works import Backup, Compaction, Prune, Replication, Restoration

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.work import Work

WORKS: dict[str, Work] = {
    "backup": Backup(), "prune": Prune(), "compaction": Compaction(), "replication": Replication(),
    "restoration": Restoration(), "sealing": Sealing(),
}  # fmt: skip


def prepared(work: str, folder: Path) -> Town:
    """A town in which a work can be done, below a new folder."""
    town = Town(folder / "fixed", folder / "base")
    WORKS[work].prepare(town)
    return town
