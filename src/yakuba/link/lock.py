"""Lock (排他): one program works in a link's folder at a time; the system lets go when the program dies."""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from typing import TYPE_CHECKING

from yakuba.kernel.errors import CannotContinueError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.link.place import Place


@contextmanager
def alone(place: Place) -> Iterator[None]:
    """Nobody else works here for the length of the block.

    Raises:
        CannotContinueError: somebody does.
    """
    place.prepare()
    with place.lock.open("a") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CannotContinueError(
                f"{place.folder}: ほかの yakuba link が動いています another one is at work here",
                remedy="その終わりを待つか、止めてから実行してください",
            ) from error
        yield
