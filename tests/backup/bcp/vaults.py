"""Small vaults for the tests of this room: a fictitious town, moved and proven, sealed as its generations."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tests.backup.founded import PLACE
from tests.world import TOWN_A

from yakuba.backup.bcp.fetching import Source
from yakuba.vault.services.backup import backup
from yakuba.vault.services.initialise import initialise

if TYPE_CHECKING:
    from collections.abc import Mapping

NOW = datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True)
class Sealed:
    """A vault in a folder, with its keys and the writer's state."""

    folder: Path
    code: str = TOWN_A

    @property
    def place(self) -> str:
        return str(self.folder / "vault")

    @property
    def identity(self) -> Path:
        return self.folder / "keys" / "identity.txt"

    @property
    def source(self) -> Source:
        return Source(self.place, self.identity, self.code)

    def of(self, code: str) -> Source:
        """The same vault, asked for as another municipality's."""
        return replace(self.source, municipality=code)

    def take(self, feed: Path, hours: float, images: Path | None = None) -> int:
        """One more generation, whose data are so many hours old; gives its number."""
        return backup(
            self.place, feed, keys=self.folder / "keys", state=self.folder / "state", standard="kihon",
            as_of=NOW - timedelta(hours=hours), images=images, difference=False,
        ).number  # fmt: skip


def sealed(folder: Path, feed: Path | None = None, hours: float = 2.0, code: str = TOWN_A) -> Sealed:
    """A new vault, with one generation if a feed is given."""
    made = Sealed(folder, code)
    initialise(made.place, code, made.folder / "keys")
    if feed is not None:
        made.take(feed, hours)
    return made


def yakuba(
    *words: str | Path, home: Path | None = None, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A command as a person types it, in a process of its own and with no database of ours; quickly, if told to."""
    closed = ("DATABASE_URL", "DATABASE_OWNER_URL")
    there = {name: value for name, value in os.environ.items() if name not in closed} | dict(more or {})
    if home is not None:
        there["YAKUBA_HOME"] = str(home)
    program = [str(Path(sys.executable).with_name("yakuba"))]
    if PLACE in there:
        program = [sys.executable, "-m", "tests.backup.founded"]
    return subprocess.run([*program, *map(str, words)], env=there, capture_output=True, text=True, check=False)
