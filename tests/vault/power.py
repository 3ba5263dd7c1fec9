"""A disk that loses what was not synced: what could lie there if the power had gone at a moment.

Oracle: POSIX. A file's bytes are there after fsync of the file, a name after fsync of its folder; until then both may
be there or not, and a name may be there with a file that is empty.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pytest

_REAL = os.fsync


class Disk:
    """Watches the syncs below a folder, and calls `moment` before and after each."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch, moment: Callable[[], None]) -> None:
        self.root, self._moment = root, moment
        self._bytes: dict[int, bytes] = {}
        self._names: dict[int, dict[str, int]] = {root.parent.stat().st_ino: {root.name: root.stat().st_ino}}
        self._folders: set[int] = {root.stat().st_ino}
        monkeypatch.setattr(os, "fsync", self._fsync)

    def _fsync(self, descriptor: int) -> None:
        self._moment()
        _REAL(descriptor)
        about = os.fstat(descriptor)
        if stat.S_ISDIR(about.st_mode):
            names = {entry.name: entry.inode() for entry in os.scandir(descriptor)}
            self._names[about.st_ino] = names
            self._folders |= {entry.inode() for entry in os.scandir(descriptor) if entry.is_dir()}
        else:
            self._bytes[about.st_ino] = Path(f"/proc/self/fd/{descriptor}").read_bytes()
        self._moment()

    def worlds(self, into: Path) -> Iterator[Path]:
        """What may be found: only what was synced; all names with empty files where unsynced; everything."""
        for kind in ("synced", "hollow", "all"):
            out = into / kind
            out.mkdir(parents=True)
            if kind == "synced":
                self._rebuild(self.root.stat().st_ino, out)
            else:
                self._copy(self.root, out, hollow=kind == "hollow")
            yield out

    def _rebuild(self, inode: int, out: Path) -> None:
        for name, inner in self._names.get(inode, {}).items():
            if inner in self._folders:
                (out / name).mkdir(mode=0o700)
                self._rebuild(inner, out / name)
            else:
                self._write(out / name, self._bytes.get(inner, b""))

    def _copy(self, folder: Path, out: Path, *, hollow: bool) -> None:
        for path in folder.iterdir():
            if path.is_dir():
                (out / path.name).mkdir(mode=0o700)
                self._copy(path, out / path.name, hollow=hollow)
            else:
                content = path.read_bytes()
                self._write(out / path.name, self._bytes.get(path.stat().st_ino, b"") if hollow else content)

    def _write(self, path: Path, content: bytes) -> None:
        path.write_bytes(content)
        path.chmod(0o600)
