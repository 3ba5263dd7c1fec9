"""A disk that loses what was not synced: every state in which the power may leave a folder.

Oracle: POSIX, as file systems with a journal keep it. Bytes of a file are safe after fsync of the file, a name after
fsync of its folder. Until then each may be there or not, in any order; a file's bytes may also be half there, or zero.
One call (a rename, a link) is there or not, never half. Nothing of the program is asked: the folder itself is looked
at before and after every call, and tests/faults/test_disk.py compares the calls with those that the kernel saw.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

from tests.faults.calls import Call, Watcher
from tests.faults.world import World

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Names = dict[int, dict[str, int]]
"""Inode of a folder → name → inode."""
Unit = list[tuple[int, str, int | None]]
"""What one call did to names: folder, name, inode (None = gone)."""
_ALONE = 12
"""Of so many unsynced calls each is left out alone; of more, so many by chance."""


class Disk(Watcher):
    """Follows a folder, all of which is safe at the start.

    Attributes:
        calls: made below the folder.
    """

    def __init__(self, root: Path, chance: random.Random) -> None:
        self._root, self._inode, self._chance = root, root.stat().st_ino, chance
        self._lock = threading.RLock()
        self._held: dict[int, int] = {}
        self._now: dict[int, bytes] = {}
        self._seen: dict[int, tuple[int, int]] = {}
        self._known = self._look()
        self._names = {folder: dict(inside) for folder, inside in self._known.items()}
        self._safe = dict(self._now)
        self._pending: list[Unit] = []
        self._worlds: dict[frozenset[tuple[str, bytes | None]], World] = {}
        self._halves: dict[tuple[bytes, bytes, str], bytes] = {}
        self.calls: list[Call] = []

    @property
    def worlds(self) -> list[World]:
        """Different ones, in the order of their moments."""
        return list(self._worlds.values())

    def end(self) -> None:
        """The program has come to its end: what it said to be done may not be lost in any world from now on."""
        self._pending += [[piece] for piece in self._changed()]
        self._record(Call("end", self._root), ended=True)
        for descriptor in self._held.values():
            os.close(descriptor)

    def before(self, call: Call) -> None:
        """Whatever was written since the last call may be on the disk, or not."""
        with self._lock:
            for piece in self._changed():
                self._pending.append([piece])
            self._record(call)

    def after(self, call: Call) -> None:
        """The call may be on the disk, or not; a sync is."""
        with self._lock:
            self.calls.append(call)
            unit = self._changed()
            if unit:
                self._pending.append(unit)
            if call.what in {"fsync", "fdatasync"} and call.path.exists():
                self._synced(call.path.stat().st_ino)
            self._record(call)

    def _synced(self, inode: int) -> None:
        if inode not in self._names and inode not in self._known:
            self._safe[inode] = self._now.get(inode, b"")
            return
        left = []
        for unit in self._pending:
            if any(folder == inode for folder, _, _ in unit):
                _apply(self._names, unit)
            else:
                left.append(unit)
        self._names.setdefault(inode, {})
        self._pending = left

    def _look(self) -> Names:
        """Names below the root; bytes of files that changed are read. Every file is held, so no inode comes twice."""
        names: Names = {}
        folders = [os.fspath(self._root)]
        while folders:
            folder = folders.pop()
            inside = names.setdefault(os.stat(folder).st_ino, {})  # noqa: PTH116 - one call of many
            for entry in os.scandir(folder):
                inside[entry.name] = inode = entry.inode()
                if inode not in self._held:
                    self._held[inode] = os.open(entry.path, os.O_RDONLY)
                if entry.is_dir():
                    folders.append(entry.path)
                else:
                    self._read(entry, inode)
        return names

    def _read(self, entry: os.DirEntry[str], inode: int) -> None:
        about = entry.stat()
        if self._seen.get(inode) != (about.st_mtime_ns, about.st_size):
            self._seen[inode] = (about.st_mtime_ns, about.st_size)
            self._now[inode] = os.pread(self._held[inode], about.st_size, 0)

    def _changed(self) -> Unit:
        now, unit = self._look(), list[tuple[int, str, int | None]]()
        for folder, inside in now.items():
            known = self._known.get(folder, {})
            unit += [(folder, name, inode) for name, inode in inside.items() if known.get(name) != inode]
        for folder, known in self._known.items():
            unit += [(folder, name, None) for name in known if name not in now.get(folder, {})]
        self._known = now
        return unit

    def _record(self, call: Call, *, ended: bool = False) -> None:
        for units in self._chosen():
            names = {folder: dict(inside) for folder, inside in self._names.items()}
            for unit in units:
                _apply(names, unit)
            for kind in ("all", "none", "half", "zero"):
                files = dict(self._tree(names, self._inode, "", kind))
                world = World(len(self.calls), f"{call.what} {call.path.name}", files, ended)
                if ended:
                    self._worlds[frozenset(files.items())] = world
                else:
                    self._worlds.setdefault(frozenset(files.items()), world)

    def _chosen(self) -> Iterator[Sequence[Unit]]:
        """Which of the unsynced calls are on the disk: none, all, all but one, some."""
        pending = self._pending
        yield ()
        yield pending
        for left_out in self._chance.sample(range(len(pending)), min(len(pending), _ALONE)):
            yield pending[:left_out] + pending[left_out + 1 :]
        if len(pending) > 1:
            yield [unit for unit in pending if self._chance.random() < 0.5]

    def _tree(self, names: Names, folder: int, path: str, kind: str) -> Iterator[tuple[str, bytes | None]]:
        for name, inode in names.get(folder, {}).items():
            if inode in self._now:
                yield path + name, self._content(inode, kind)
            else:
                yield path + name, None
                yield from self._tree(names, inode, f"{path}{name}/", kind)

    def _content(self, inode: int, kind: str) -> bytes:
        now, safe = self._now[inode], self._safe.get(inode, b"")
        if now == safe or kind == "all":
            return now
        if kind == "none":
            return safe
        if (now, safe, kind) not in self._halves:  # the same bytes are compared and counted over and over
            kept = safe if now.startswith(safe) else b""
            rest = now[len(kept) :]
            self._halves[now, safe, kind] = kept + (rest[: len(rest) // 2] if kind == "half" else bytes(len(rest)))
        return self._halves[now, safe, kind]


def _apply(names: Names, unit: Unit) -> None:
    for folder, name, inode in unit:
        if inode is None:
            names.get(folder, {}).pop(name, None)
        else:
            names.setdefault(folder, {})[name] = inode
