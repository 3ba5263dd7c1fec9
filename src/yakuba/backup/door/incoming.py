"""Incoming objects (受信中の封印物): what has arrived so far lies on this machine, until it is all there and right.

A part file holds exactly the bytes from the first on; how long it is says where the sender goes on. Two connections
that send the same object (the older one may hang on a dead line) never mix: each byte is written at its own place and
only at the end of what is there; whoever comes too late is told so.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from yakuba.backup.errors import RefusedError
from yakuba.kernel.home import yakuba_home
from yakuba.registry.jobs.place import ROOTS
from yakuba.vault.format.binding import MAGIC

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO, Protocol

    class Readable(Protocol):
        """What bytes are read from."""

        def read(self, size: int, /) -> bytes:
            """At most so many bytes, none at the end."""


PART = 1 << 18
"""Bytes between two looks at the file."""
FORGOTTEN = 7 * 24 * 3600.0
"""Seconds after which what nobody has gone on with is thrown away."""
MOST = 16
"""Objects of one municipality that may be on their way at one time."""
_NAME = re.compile(r"[0-9]{8}-[0-9a-f]{16}")


class Incoming:
    """The objects of one municipality that are on their way."""

    def __init__(self, municipality: str) -> None:
        self._folder = yakuba_home() / ROOTS[0] / municipality / "incoming"

    def part(self, name: str) -> Path:
        """The file of what has arrived of an object.

        Raises:
            RefusedError: it is no name of an object.
        """
        if _NAME.fullmatch(name) is None:
            raise RefusedError(404, "name", "封印物の名前ではありません", remedy="名前を確かめてください")
        return self._folder / name

    def received(self, name: str) -> int:
        """Bytes that are here of an object."""
        path = self.part(name)
        return path.stat().st_size if path.is_file() else 0

    def bytes(self) -> int:
        """Bytes of all of them."""
        return sum(path.stat().st_size for path in self._parts())

    def take(self, name: str, stream: Readable, start: int) -> int:
        """Add what the stream gives; what came before it broke off stays. Gives how many bytes are here now.

        Raises:
            RefusedError: what is here does not end at `start`, or somebody else is going on with it.
        """
        path = self.part(name)
        self._room(name)
        with path.open("ab") as file:
            place = start
            self._at(file, place)
            while part := stream.read(PART):
                with _alone(file):
                    self._at(file, place)
                    file.write(part)
                    file.flush()
                place += len(part)
        return place

    def complete(self, name: str, size: int, sha256: str) -> Path:
        """The file of an object of which everything has arrived, on the disk.

        Raises:
            RefusedError: some is missing; or it is not what was sent, or not sealed: then it is thrown away.
        """
        path, here = self.part(name), self.received(name)
        if here != size:
            if here > size:
                self.drop(name)
            raise _elsewhere(0 if here > size else here)
        digest = hashlib.sha256()
        with path.open("rb") as file:
            begin = file.read(len(MAGIC))
            digest.update(begin)
            while part := file.read(PART):
                digest.update(part)
            os.fsync(file.fileno())
        if digest.hexdigest() != sha256:
            self.drop(name)
            remedy = "もう一度、初めから送ってください send it again from the first byte"
            raise RefusedError(422, "digest", "届いたものがダイジェストと合いません", remedy=remedy, received=0)
        if begin != MAGIC:
            self.drop(name)
            remedy = "連携APの設定を確かめてください"
            raise RefusedError(422, "plain", "封印されていないものは受け取れません", remedy=remedy)
        return path

    def stored(self, name: str, size: int, sha256: str) -> None:
        """Remember what lies in the vault now, until its entry comes, and let the part go."""
        note = self.part(name).with_suffix(".stored")
        fresh = note.with_suffix(".fresh")
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh.write_text(json.dumps({"size": size, "sha256": sha256}), "ascii")
        fresh.replace(note)
        self.drop(name)

    def known(self, name: str) -> tuple[int, str] | None:
        """Size and digest of an object that was stored and whose entry has not come yet."""
        try:
            found = json.loads(self.part(name).with_suffix(".stored").read_text("ascii"))
            return int(found["size"]), str(found["sha256"])
        except (FileNotFoundError, ValueError, KeyError):
            return None

    def forget(self, name: str) -> None:
        """The entry has come."""
        self.part(name).with_suffix(".stored").unlink(missing_ok=True)

    def drop(self, name: str) -> None:
        """Throw away what has arrived."""
        self.part(name).unlink(missing_ok=True)

    def clean(self) -> int:
        """Throw away what nobody has gone on with; gives how many."""
        if not self._folder.is_dir():
            return 0
        old = [path for path in self._folder.iterdir() if path.stat().st_mtime < time.time() - FORGOTTEN]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _parts(self) -> Iterator[Path]:
        if self._folder.is_dir():
            yield from (path for path in self._folder.iterdir() if _NAME.fullmatch(path.name))

    def _room(self, name: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        others = [path for path in self._parts() if path.name != name]
        if len(others) >= MOST:
            remedy = "先に送り始めたものを終わらせてください finish what was begun"
            raise RefusedError(429, "many", "送りかけのものが多すぎます", remedy=remedy)

    @staticmethod
    def _at(file: BinaryIO, place: int) -> None:
        here = os.fstat(file.fileno()).st_size
        if here != place or os.fstat(file.fileno()).st_nlink == 0:
            raise _elsewhere(here)


def _elsewhere(here: int) -> RefusedError:
    remedy = "続きから送ってください go on from there"
    return RefusedError(409, "offset", f"{here:,}バイトまで届いています", remedy=remedy, received=here)


@contextmanager
def _alone(file: BinaryIO) -> Iterator[None]:
    """No other process writes to this file for the length of the block."""
    fcntl.flock(file.fileno(), fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)
