"""Files with a secret (秘密のファイル): readable by their owner alone, from their first byte on."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from yakuba.kernel.errors import CannotContinueError

if TYPE_CHECKING:
    from pathlib import Path

_OPEN_TO_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def closed(path: Path) -> None:
    """A file with a secret can be read by its owner alone.

    Raises:
        CannotContinueError: it can be read by others, or is not there.
    """
    try:
        mode = path.stat().st_mode
    except OSError as error:
        remedy = "put the file there, readable by its owner alone"
        raise CannotContinueError(f"{path}: {error.strerror}", remedy=remedy) from error
    if mode & _OPEN_TO_OTHERS:
        raise CannotContinueError(f"{path}: others can read this secret", remedy=f"chmod 600 {path}")


def write_secret(path: Path, content: bytes) -> None:
    """A new file that only its owner can read, on the disk when this returns.

    Raises:
        FileExistsError: there is one.
    """
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
