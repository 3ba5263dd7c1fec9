"""Peers of the vault: backup programs of Debian, on the same folder of CSV, each with its own encryption."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from bench.measure import Measured, measure_command

if TYPE_CHECKING:
    from pathlib import Path

INSTALL = "apt-get install --no-install-recommends restic borgbackup"


class Restic:
    """restic with its default compression."""

    name = "restic"

    def __init__(self, folder: Path) -> None:
        self.store = folder / "restic"
        self._cache = folder / "restic-cache"
        folder.mkdir(parents=True)
        self._run("init")

    def backup(self, feed: Path, day: int) -> Measured:
        """A snapshot."""
        return self._run("backup", "--tag", f"day{day}", ".", folder=feed)

    def restore(self, day: int, out: Path) -> Measured:
        """The snapshot of a day."""
        return self._run("restore", "latest", "--tag", f"day{day}", "--target", str(out))

    def check(self) -> Measured:
        """Everything read again."""
        return self._run("check", "--read-data")

    def _run(self, *words: str, folder: Path | None = None) -> Measured:
        command = ["restic", "-q", "-r", str(self.store), "--cache-dir", str(self._cache), *words]
        return measure_command(command, folder=folder or self.store.parent, environment={"RESTIC_PASSWORD": "bench"})


class Borg:
    """borg with zstd, as small as restic."""

    name = "borg"

    def __init__(self, folder: Path) -> None:
        self.store = folder / "borg"
        self._base = folder / "borg-base"
        self._base.mkdir(parents=True)
        self._run("init", "--encryption=repokey-blake2", str(self.store))

    def backup(self, feed: Path, day: int) -> Measured:
        """An archive."""
        return self._run("create", "--compression", "zstd,3", f"{self.store}::day{day}", ".", folder=feed)

    def restore(self, day: int, out: Path) -> Measured:
        """The archive of a day."""
        out.mkdir(parents=True)
        return self._run("extract", f"{self.store}::day{day}", folder=out)

    def check(self) -> Measured:
        """Everything read again."""
        return self._run("check", "--verify-data", str(self.store))

    def _run(self, *words: str, folder: Path | None = None) -> Measured:
        secrets = {"BORG_PASSPHRASE": "bench", "BORG_BASE_DIR": str(self._base)}
        return measure_command(["borg", *words], folder=folder or self._base, environment=secrets)


def installed() -> list[type[Restic | Borg]]:
    """The peers that are there."""
    return [peer for peer in (Restic, Borg) if shutil.which(peer.name)]
