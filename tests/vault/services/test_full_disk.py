"""A disk that takes no more: one sentence, nothing half made, and the same command works when there is room.

Oracle: the operating system: no file may grow beyond a limit (RLIMIT_FSIZE), as on a full disk no file can.
"""

from __future__ import annotations

import resource
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.vault.hall import FIRST, Hall, small_town

from yakuba.kernel.errors import CannotContinueError
from yakuba.vault.services.backup import backup
from yakuba.vault.services.restore import restore
from yakuba.vault.services.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def no_larger_than(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [500, 20_000, 200_000])
def test_a_backup_without_room(hall: Hall, size: int) -> None:
    """Too little for the content, for the state, for the sealed object."""
    hall.days(1)
    feed = hall.feed(small_town(1, people=2000))
    at = FIRST + timedelta(days=2)
    before = sorted((hall.folder / "vault").rglob("*"))
    with no_larger_than(size), pytest.raises(CannotContinueError, match="free space"):
        backup(
            hall.place, feed, keys=hall.keys, state=hall.folder / "state", standard="kihon", as_of=at, now=at
        )  # fmt: skip
    left = [path for path in sorted((hall.folder / "vault").rglob("*")) if "objects/" not in str(path)]
    assert left == [path for path in before if "objects/" not in str(path)]
    assert [path.name for path in (hall.folder / "state").glob("scratch-*")] == []
    assert verify(hall.place, identity=hall.keys).proven
    made = hall.backup(small_town(1, people=2000), day=3)
    assert hall.restored(made.number) == hall.expected(made.number)


def test_a_restore_without_room(three_days: Hall) -> None:
    out = three_days.folder / "no-room"
    with no_larger_than(64), pytest.raises(CannotContinueError, match="free space"):
        restore(three_days.place, identity=three_days.keys, out=out)
    assert not out.exists()
    assert not list(three_days.folder.glob(".no-room*"))
