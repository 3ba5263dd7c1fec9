"""A vault in a folder (フォルダー): a disk, a network share, a medium that is carried away.

entries/ objects/    as docs/vault-format.md says
locks/               until when a file may not be deleted; only this program keeps to it
.incoming/           what is being written; never read
"""

from __future__ import annotations

import errno
import secrets
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.town_time import shown
from yakuba.vault.errors import AlreadyThereError, LockedError, MissingError
from yakuba.vault.store.durable import make_folder, name_new, sync_folder, write_synced
from yakuba.vault.store.protocol import checked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_STALE = 86_400.0
"""Seconds after which something half written is nobody's any more."""
_REMEDY = "空き容量と権限を確かめて、もう一度実行してください free space, check rights, run again"


class FolderStore:
    """A store in a folder. See `store.protocol.Store` for what each verb promises."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._incoming = root / ".incoming"

    def put_new(self, name: str, source: Path | bytes, *, retain_until: datetime | None = None) -> None:
        """Written beside, synced, linked under its name, folder synced: at no moment is half a file visible."""
        final = self._root / checked(name)
        with _told(final):
            make_folder(final.parent)
            make_folder(self._incoming)
            self._sweep()
            if final.exists():
                raise _taken(name)
            fresh = self._incoming / secrets.token_hex(8)
            try:
                write_synced(fresh, source)
                if retain_until is not None:
                    self._lock(name, retain_until)
                name_new(fresh, final)
            except FileExistsError:
                raise _taken(name) from None
            finally:
                fresh.unlink(missing_ok=True)

    def read(self, name: str, start: int = 0, length: int | None = None) -> bytes:
        """A part of a file, read from the disk."""
        with _told(self._root / checked(name)), (self._root / name).open("rb") as stream:
            stream.seek(start)
            return stream.read(-1 if length is None else length)

    def names(self, prefix: str) -> list[str]:
        """Names below the folder that the prefix names."""
        folder, _, start = prefix.partition("/")
        try:
            with _told(self._root / folder):
                found = [path.name for path in (self._root / folder).iterdir()]
        except MissingError:
            return []
        return sorted(f"{folder}/{name}" for name in found if name.startswith(start))

    def size(self, name: str) -> int:
        """As the file system tells it."""
        with _told(self._root / checked(name)):
            return (self._root / name).stat().st_size

    def delete(self, name: str) -> None:
        """Unlinked, and the folder synced; refused until the time that the lock beside it names."""
        path = self._root / checked(name)
        until = self._locked_until(name)
        if until is not None and self.now() < until:
            remedy = f"{shown(until)} を過ぎてから実行してください wait for the end of its retention"
            raise LockedError(f"{name}: 保存期間中です within its retention", remedy=remedy)
        with suppress(MissingError), _told(path):
            path.unlink()
            sync_folder(path.parent)
        self._lock_file(name).unlink(missing_ok=True)

    def now(self) -> datetime:
        """The clock of the file server: the time that it gives a new file; ours where nothing can be written."""
        probe = self._incoming / f"clock-{secrets.token_hex(8)}"
        try:
            probe.touch(exist_ok=False)
            stamp = probe.stat().st_mtime
            probe.unlink()
        except OSError:
            stamp = time.time()
        return datetime.fromtimestamp(stamp, UTC)

    def keep(self, name: str, until: datetime) -> None:
        """Lock a file at least until then; no lock is ever shortened."""
        with _told(self._root / checked(name)):
            before = self._locked_until(name)
            if before is None or before < until:
                self._lock(name, until)

    def warnings(self) -> tuple[str, ...]:
        """None: that whoever owns a folder can empty it is known to everyone."""
        return ()

    def _lock_file(self, name: str) -> Path:
        return self._root / "locks" / name.replace("/", "-")

    def _lock(self, name: str, until: datetime) -> None:
        path = self._lock_file(name)
        make_folder(path.parent)
        make_folder(self._incoming)
        fresh = self._incoming / f"lock-{secrets.token_hex(8)}"
        write_synced(fresh, until.isoformat().encode("ascii"))
        fresh.replace(path)
        sync_folder(path.parent)

    def _locked_until(self, name: str) -> datetime | None:
        try:
            return datetime.fromisoformat(self._lock_file(name).read_text(encoding="ascii"))
        except FileNotFoundError:
            return None
        except ValueError as error:
            remedy = "保存期間を確かめ、要らなければ手で消してください look at it, remove it by hand"
            raise LockedError(f"{self._lock_file(name)}: 読めません unreadable", remedy=remedy) from error

    def _sweep(self) -> None:
        for left in self._incoming.iterdir():
            with suppress(FileNotFoundError):
                if time.time() - left.stat().st_mtime > _STALE:
                    left.unlink()


def _taken(name: str) -> AlreadyThereError:
    remedy = "別の書き手が先でした。もう一度実行してください another writer was first: run again"
    return AlreadyThereError(f"{name}: すでにあります is there already", remedy=remedy)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the operating system answers, as one sentence."""
    try:
        yield
    except FileNotFoundError as error:
        remedy = "場所を確かめるか、写しから戻してください check the place, or put its copy back"
        raise MissingError(f"{path}: ありません is not there", remedy=remedy) from error
    except OSError as error:
        remedy = _REMEDY
        if error.errno in {errno.EPERM, errno.ENOTSUP, errno.EMLINK}:
            remedy = "ハードリンクのあるファイルシステム（ext4, XFS, NTFS, NFS）に置いてください choose another place"
        raise CannotContinueError(f"{path}: {error.strerror or 'input/output'}", remedy=remedy) from error
