"""Reading stored objects in parts (封印物の読出し): their digest, or a copy of them; nothing here opens them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.kernel.progress import Progress
    from yakuba.vault.store import Store

_PART = 8 << 20
"""Bytes at a time: few requests on object storage, little memory."""


def parts(store: Store, name: str) -> Iterator[bytes]:
    """An object's stored bytes from the first to the last.

    Raises:
        MissingError: there is none. CannotContinueError: it cannot be read.
    """
    start = 0
    while part := store.read(name, start, _PART):
        yield part
        start += len(part)
        if len(part) < _PART:
            return


def digest_of(store: Store, name: str, progress: Progress, into: BinaryIO | None = None) -> tuple[int, str]:
    """Size and SHA-256 (hex) of an object's stored bytes, which go into a file too if one is given.

    Raises:
        MissingError: there is none. CannotContinueError: it cannot be read.
    """
    size, digest = 0, hashlib.sha256()
    for part in parts(store, name):
        digest.update(part)
        size += len(part)
        if into is not None:
            into.write(part)
        progress.advance(len(part))
    return size, digest.hexdigest()
