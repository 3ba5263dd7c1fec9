"""Place (置き場所): the one folder of a municipality's link, and what lies where in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.kernel.errors import UsageError
from yakuba.kernel.home import yakuba_home

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = "link.toml"
STATUS = "status.json"
_PRIVATE = ("claimed", "refused", "work", "receipts")


@dataclass(frozen=True, slots=True)
class Place:
    """Paths below the folder of one link.

    Attributes:
        folder: readable by all, because `status.json` is for the screens; all that holds data is closed to others.
    """

    folder: Path

    @property
    def settings(self) -> Path:
        """What the link is told (link.toml)."""
        return self.folder / SETTINGS

    @property
    def lock(self) -> Path:
        """Held by the one program that works here."""
        return self.folder / "lock"

    @property
    def claimed(self) -> Path:
        """受け取った連携データ: arrivals that are the link's own from now on, a folder each."""
        return self.folder / "claimed"

    @property
    def refused(self) -> Path:
        """断った連携データ: a folder each, with the original, the reason and findings.csv."""
        return self.folder / "refused"

    @property
    def work(self) -> Path:
        """Intermediate files; emptied at every start."""
        return self.folder / "work"

    @property
    def receipts(self) -> Path:
        """受領書: what the centre has confirmed, a file for each entry."""
        return self.folder / "receipts"

    @property
    def standing(self) -> Path:
        """What the link knows between two feeds."""
        return self.folder / "standing.json"

    @property
    def journal(self) -> Path:
        """記録: every event with its time, one line each."""
        return self.folder / "journal.jsonl"

    @property
    def line(self) -> Path:
        """How the last attempt to reach the centre ended."""
        return self.folder / "line.json"

    @property
    def status(self) -> Path:
        """For screens and for watching programs."""
        return self.folder / STATUS

    def prepare(self) -> None:
        """Make the folders; those with residents' data are closed to everybody else."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in _PRIVATE:
            (self.folder / name).mkdir(mode=0o700, exist_ok=True)


def usual(municipality: str) -> Place:
    """HOME/link/<団体コード>, where screens look for the status."""
    return Place(yakuba_home() / "link" / municipality)


def place_of(text: str) -> Place:
    """The link that somebody means: a 団体コード, or a folder that holds a link.toml.

    Raises:
        UsageError: there is none.
    """
    from pathlib import Path

    for one in (usual(text) if text.isdigit() else None, Place(Path(text))):
        if one and one.settings.is_file():
            return one
    raise UsageError(
        f"{text}: 連携APの設定（{SETTINGS}）がありません no link here",
        remedy="yakuba link init で作るか、そのフォルダか団体コードを指定してください",
    )
