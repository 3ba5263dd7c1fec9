"""Scratch (作業場所): where the plaintext lies while it is sealed: ours alone, and gone afterwards."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from yakuba.kernel.errors import CannotContinueError
from yakuba.vault.disk import told
from yakuba.vault.store.durable import make_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = "scratch-"


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A new folder (0700) below `folder`, for one piece of work at a time.

    What a killed one left is removed first: it may be a plaintext.

    Raises:
        CannotContinueError: another one is at work here, or the disk is full.
    """
    with told(folder):
        make_folder(folder)
        folder.chmod(0o700)
        with (folder / ".lock").open("wb") as lock:
            _take(lock.fileno(), folder)
            for left in folder.glob(f"{_PREFIX}*"):
                shutil.rmtree(left)
            fresh = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))
            try:
                yield fresh
            finally:
                shutil.rmtree(fresh, ignore_errors=True)


def _take(descriptor: int, folder: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        remedy = "終わるのを待って、もう一度実行してください wait for it, then run again"
        raise CannotContinueError(f"{folder}: 別の処理が使っています another one is at work", remedy=remedy) from error
