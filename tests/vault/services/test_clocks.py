"""No clock is trusted alone: who writes must agree with the store, who deletes takes the earliest.

Oracle: the times set here.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.vault.hall import FIRST, Hall, small_town

from yakuba.kernel.errors import CannotContinueError
from yakuba.vault.chain import read_chain
from yakuba.vault.clock import deleting_time, writing_time
from yakuba.vault.services.initialise import initialise
from yakuba.vault.store import open_store
from yakuba.vault.store.folder import FolderStore


@pytest.mark.parametrize("wrong", [timedelta(minutes=11), timedelta(days=-400), timedelta(days=9000)])
def test_a_writer_whose_clock_is_wrong_writes_nothing(
    hall: Hall, wrong: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FolderStore, "now", lambda _: datetime.now(UTC) + wrong)
    with pytest.raises(CannotContinueError, match="set the clock"):
        hall.backup(small_town(), now=None)
    with pytest.raises(CannotContinueError, match="set the clock"):
        initialise(str(hall.folder / "other"), "990027", hall.keys)
    assert len(read_chain(open_store(hall.place)).entries) == 1


def test_a_right_clock_dates_the_entry(hall: Hall) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    made = hall.backup(small_town(), now=None)
    assert before <= made.written_at <= datetime.now(UTC)
    assert made.retain_until - made.written_at == timedelta(days=35)
    assert abs(writing_time(open_store(hall.place)) - before) < timedelta(minutes=1)


def test_the_earliest_clock_ends_a_retention(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    hall.days(2)
    store = open_store(hall.place)
    chain = read_chain(store)
    newest = FIRST + timedelta(days=2)
    assert deleting_time(store, chain) == newest
    assert deleting_time(store, chain, newest + timedelta(days=999)) == newest
    assert deleting_time(store, chain, FIRST) == FIRST
    monkeypatch.setattr(FolderStore, "now", lambda _: FIRST - timedelta(days=1))
    assert deleting_time(store, chain) == FIRST - timedelta(days=1)
