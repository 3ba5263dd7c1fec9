"""Two writers at once: one is the next, the other is told, and nothing of either is lost.

Oracle: the rows of both towns; the chain has every generation once.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.vault.hall import FIRST, Hall, small_town

from yakuba.kernel.errors import CannotContinueError
from yakuba.vault.sealed import store_sealed
from yakuba.vault.services.backup import backup
from yakuba.vault.services.verify import verify

if TYPE_CHECKING:
    from pathlib import Path


def race(hall: Hall, states: list[Path]) -> tuple[list[int], list[str]]:
    """Every state's writer backs up its town at the same moment."""
    start, done, told = threading.Barrier(len(states)), list[int](), list[str]()
    feeds = [hall.feed(small_town(at)) for at in range(len(states))]

    def write(at: int) -> None:
        start.wait()
        try:
            made = backup(
                hall.place, feeds[at], keys=hall.keys, state=states[at], standard="kihon", as_of=FIRST, now=FIRST
            )  # fmt: skip
            hall.towns[made.number] = small_town(at)
            done.append(made.number)
        except CannotContinueError as error:
            told.append(str(error))

    writers = [threading.Thread(target=write, args=(at,)) for at in range(len(states))]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return done, told


def test_writers_with_states_of_their_own(hall: Hall) -> None:
    done, told = race(hall, [hall.folder / f"state-{at}" for at in range(5)])
    assert done
    assert sorted(done) == list(range(1, len(done) + 1))
    assert len(done) + len(told) == 5
    assert all("run again" in one for one in told)
    for number in done:
        assert hall.restored(number) == hall.expected(number)
    assert verify(hall.place, identity=hall.keys).proven
    again = replace(hall, towns=dict(hall.towns))
    assert again.backup(small_town(7)).number == len(done) + 1
    assert again.restored() == again.expected(len(done) + 1)


def test_writers_that_share_a_state_go_one_at_a_time(hall: Hall) -> None:
    done, told = race(hall, [hall.folder / "state"] * 4)
    assert done
    assert len(done) + len(told) == 4
    assert all("run again" in one for one in told)
    assert hall.backup(small_town(9)).number == len(done) + 1
    for number in hall.towns:
        assert hall.restored(number) == hall.expected(number)


def test_a_slow_writer_finds_the_place_taken(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one comes between this one's object and its entry."""
    hall.days(1)

    def slow(*given: Any) -> dict[str, Any]:
        fields = store_sealed(*given)
        monkeypatch.undo()
        hall.backup(small_town(1), state=hall.folder / "other")
        return fields

    monkeypatch.setattr("yakuba.vault.services.backup.store_sealed", slow)
    with pytest.raises(CannotContinueError, match=r"entry 2: .*another writer was first"):
        hall.backup(small_town(2))
    assert hall.backup(small_town(2)).number == 3
    assert hall.restored(2) == hall.expected(2)
    assert hall.restored(3) == hall.expected(3)
    verdict = verify(hall.place, identity=hall.keys)
    assert {one.code for one in verdict.findings} == {"orphan"}
