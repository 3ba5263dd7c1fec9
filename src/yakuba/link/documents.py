"""Small files that survive a power cut: a JSON document is replaced whole, a line is added whole."""

from __future__ import annotations

import json
import os
import secrets
import time
from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import CannotContinueError
from yakuba.vault.store.durable import sync_folder, write_synced

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


_STALE = 3600.0


def write_document(path: Path, document: Mapping[str, Any], *, mode: int = 0o600) -> None:
    """The document is at `path`, old or new, at every moment; the new one is on the disk when this returns."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    write_synced(fresh, (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
    fresh.chmod(mode)
    fresh.replace(path)
    sync_folder(path.parent)


def read_document(path: Path) -> dict[str, Any] | None:
    """A document of ours; None when there is none.

    Raises:
        CannotContinueError: it is damaged.
    """
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise _damaged(path) from error
    if not isinstance(found, dict):
        raise _damaged(path)
    return found


def sweep(folder: Path) -> None:
    """Remove what a kill has left half written, long enough ago that nobody is writing it."""
    for left in folder.glob(".*.part"):
        if time.time() - left.stat().st_mtime > _STALE:
            left.unlink(missing_ok=True)


def _damaged(path: Path) -> CannotContinueError:
    remedy = "控えから戻すか、docs/ja/link.md の「壊れたとき」に従ってください"
    return CannotContinueError(f"{path}: 壊れています is damaged", remedy=remedy)


def add_line(path: Path, document: Mapping[str, Any]) -> None:
    """One more line at the end of a file, on the disk when this returns."""
    line = json.dumps(document, ensure_ascii=False, sort_keys=True).encode() + b"\n"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(descriptor).st_size
        if size and os.pread(descriptor, 1, size - 1) != b"\n":
            line = b"\n" + line  # what a power cut left half written stays a line of its own
        os.write(descriptor, line)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
