"""Unpacking (展開): an archive from outside, opened with distrust: plain files only, none outside, not too much."""

from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from yakuba.kernel.errors import CannotContinueError
from yakuba.link.refusal import Reason, refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MOST_FILES = 200_000
"""A town has a picture for every seal; more is an attack on the disk."""
_BLOCK = 1 << 20
_ENCRYPTED = 0x1
_DAMAGED = (zipfile.BadZipFile, tarfile.TarError, EOFError, ValueError, RuntimeError, OSError)


def unpacked(original: Path, into: Path, most: int) -> Path:
    """The folder with the files of a feed: itself, or what its archive holds, without a folder that holds all.

    Args:
        into: new folder. most: bytes that it may come to.

    Raises:
        RefusedError: damaged, protected by a password, too large, or a name that leads out of it.
        CannotContinueError: the disk is full.
    """
    if original.is_dir():
        return original
    into.mkdir(parents=True)
    name = original.name.lower()
    try:
        if name.endswith(".zip"):
            with zipfile.ZipFile(original) as archive:
                _write(_zipped(archive), into, most)
        else:
            with tarfile.open(original, "r:*") as bundle:
                _write(_bundled(bundle), into, most)
    except _DAMAGED as error:
        if isinstance(error, OSError) and error.errno is not None and not isinstance(error, tarfile.TarError):
            raise CannotContinueError(f"{into}: {error.strerror}", remedy="空き容量を確かめてください") from error
        raise refused(Reason.UNREADABLE, original.name, "壊れた圧縮ファイルです") from error
    found = [one for one in into.iterdir() if one.name != "__MACOSX"]
    whole = {"data", "deleted", "images"}
    return found[0] if len(found) == 1 and found[0].is_dir() and found[0].name not in whole else into


_Member = tuple[str, "Callable[[], IO[bytes] | None]"]


def _zipped(archive: zipfile.ZipFile) -> Iterator[_Member]:
    for one in archive.infolist():
        if one.flag_bits & _ENCRYPTED:
            raise refused(Reason.UNREADABLE, one.filename, "パスワードが付いています")
        if not one.is_dir():
            yield one.filename, lambda one=one: archive.open(one)  # type: ignore[misc]


def _bundled(bundle: tarfile.TarFile) -> Iterator[_Member]:
    for one in bundle:
        if one.isdir():
            continue
        if not one.isreg():
            raise refused(Reason.UNREADABLE, one.name, "ファイルでもフォルダでもないものが入っています")
        yield one.name, lambda one=one: bundle.extractfile(one)  # type: ignore[misc]


def _write(members: Iterator[_Member], into: Path, most: int) -> None:
    """Counted while they are written: what an archive says of its sizes is no promise."""
    left = most
    for number, (name, opened) in enumerate(members, 1):
        parts = PurePosixPath(name.replace("\\", "/")).parts
        if not parts or parts[0] == "/" or any(part in ("..", ".") or ":" in part for part in parts):
            raise refused(Reason.UNREADABLE, "", "フォルダの外を指す名前が入っています")
        path = Path(into, *parts)
        stream = opened()
        if number > _MOST_FILES or path.exists() or stream is None:
            raise refused(Reason.UNREADABLE, "", "ファイルが多すぎるか、同じ名前が二つあります")
        path.parent.mkdir(parents=True, exist_ok=True)
        with stream, path.open("wb") as target:
            while block := stream.read(_BLOCK):
                left -= len(block)
                if left < 0:
                    raise refused(Reason.UNREADABLE, "", "展開すると大きすぎます（watch.most_gib）")
                target.write(block)
