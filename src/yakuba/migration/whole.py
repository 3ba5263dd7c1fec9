"""A file that exists under its final name is complete: it is written beside it and renamed."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.errors import CannotContinueError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OS_ERROR = re.compile(r"\(os error (\d+)\)")


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A temporary name beside `path` to write to; it becomes `path` only when the block ends well.

    Raises:
        CannotContinueError: the disk is full or the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    try:
        yield temporary
        temporary.replace(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        temporary.unlink(missing_ok=True)
        reason = _reason(error)
        if not reason:
            raise
        raise CannotContinueError(
            f"{path}: {reason}", remedy="free some space or choose another --out, then run again with --resume"
        ) from error


def _reason(error: Exception) -> str:
    """What the operating system said; "" when the error is not its. Polars tells a failed write in words only."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    number = _OS_ERROR.search(str(error))
    if number:
        return os.strerror(int(number[1]))
    return "cannot be written" if isinstance(error, OSError) else ""
