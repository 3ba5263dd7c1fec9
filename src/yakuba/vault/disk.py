"""The disk (ディスク): what it answers when it is full or closed to us, as one sentence."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.errors import CannotContinueError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Work below a folder.

    Raises:
        CannotContinueError: the operating system refuses. Polars tells that in words only.
    """
    try:
        yield
    except (OSError, pl.exceptions.PolarsError) as error:
        if isinstance(error, pl.exceptions.PolarsError) and "os error" not in str(error):
            raise
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "書き込めません cannot be written"
        remedy = "空き容量と権限を確かめて、もう一度実行してください free space, check rights, run again"
        where = getattr(error, "filename", None) or folder
        raise CannotContinueError(f"{where}: {reason}", remedy=remedy) from error
