"""Writing that survives a power cut: a file is synced before its name is given, the folder after.

Every step towards the disk is one function here, so that a test can let the power go between any two of them.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_BLOCK = 1 << 20


def write_synced(path: Path, source: Path | bytes) -> None:
    """A new file with the bytes of `source`, on the disk when this returns; only its owner may read it."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        if isinstance(source, bytes):
            stream.write(source)
        else:
            with source.open("rb") as origin:
                shutil.copyfileobj(origin, stream, _BLOCK)
        stream.flush()
        sync_file(stream.fileno())


def sync_file(descriptor: int) -> None:
    """The content of an open file is on the disk."""
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """The names in a folder are on the disk; or the content of a file."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Everything below a folder is on the disk."""
    for path in [*folder.rglob("*"), folder]:
        sync_folder(path)


def name_new(fresh: Path, final: Path) -> None:
    """Give a synced file its final name, which must be free, durably.

    Raises:
        FileExistsError: the name is taken.
    """
    os.link(fresh, final)
    sync_folder(final.parent)


def make_folder(folder: Path) -> None:
    """A folder (0700) and those above it, durably."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    sync_folder(folder.parent)
