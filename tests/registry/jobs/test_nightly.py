"""Nightly work: once a day though many workers look, caught up after a stop, taken over from one that is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from yakuba.registry import jobs
from yakuba.registry.job_tables.models import Chore
from yakuba.registry.jobs import night
from yakuba.registry.jobs.chores import chores
from yakuba.registry.jobs.night import Nights
from yakuba.registry.jobs.queue import Hands, own_connection
from yakuba.registry.jobs.worker import work

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Counting:
    """A chore that counts how often it is done, and fails where told to."""

    TITLE = "数える"

    def __init__(self) -> None:
        self.times = 0
        self.fails = False

    def run(self) -> dict[str, int]:
        self.times += 1
        time.sleep(0.2)
        if self.fails:
            raise ZeroDivisionError("渡邉　美咲")
        return {"times": self.times}


@pytest.fixture
def sample(monkeypatch: pytest.MonkeyPatch, database: Path) -> Counting:  # noqa: ARG001 - what is done is noted there
    made = Counting()
    monkeypatch.setattr(night, "chores", lambda: {"sample": made})
    return made


@contextmanager
def at(monkeypatch: pytest.MonkeyPatch, day: int, hour: int) -> Iterator[None]:
    """The clock of the nightly work shows this day of November 2030."""
    moment = datetime(2030, 11, day, hour, 30, tzinfo=timezone.get_default_timezone())
    with monkeypatch.context() as patch:
        patch.setattr("yakuba.registry.jobs.night.timezone.localtime", lambda *_: moment)
        yield


def look() -> None:
    """One worker's look."""
    with own_connection() as one:
        Nights(Hands(one), threading.Event()).look()


def test_many_workers_do_it_once(sample: Counting) -> None:
    def one() -> None:
        look()
        connection.close()

    workers = [threading.Thread(target=one) for _ in range(6)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join(20)
    assert sample.times == 1
    look()
    assert sample.times == 1


def test_a_day_is_due_from_its_hour_on(sample: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    for day, hour, times in ((1, 3, 1), (1, 23, 1), (2, 1, 1), (2, 2, 2), (2, 20, 2), (3, 0, 2), (3, 9, 3)):
        with at(monkeypatch, day, hour):
            look()
        assert sample.times == times, (day, hour)


def test_what_a_stop_has_left_is_caught_up_with_once(sample: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    with at(monkeypatch, 1, 3):
        look()
    with at(monkeypatch, 8, 0):
        [state] = jobs.nightly()
        assert state.due
        look()
        look()
        [state] = jobs.nightly()
        assert not state.due
    assert sample.times == 2


def test_one_worker_looks_seldom(sample: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    with own_connection() as one:
        nights = Nights(Hands(one), threading.Event())
        with at(monkeypatch, 1, 3):
            nights.look()
        with at(monkeypatch, 2, 3):
            nights.look()
    assert sample.times == 1


def test_what_fails_is_told_tried_again_after_a_while_and_stops_nobody(
    sample: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Counting()
    monkeypatch.setattr(night, "chores", lambda: {"first": sample, "second": other})
    sample.fails = True
    work(threading.Event(), until_empty=True)
    assert (sample.times, other.times) == (1, 1)
    first, second = jobs.nightly()
    assert (first.error, first.done_at, second.error) == ("ZeroDivisionError", None, "")
    assert first.failed_at
    look()
    assert sample.times == 1
    Chore.objects.filter(pk="first").update(failed_at=timezone.now() - night.AGAIN - timedelta(seconds=1))
    sample.fails = False
    look()
    [first, _] = jobs.nightly()
    assert (sample.times, first.error, first.failed_at, first.result) == (2, "", None, {"times": 2})


PROGRAM = """
import threading, time
from yakuba.tenancy.database.ready import ready
ready()
from yakuba.registry.jobs import night, worker

class Slow:
    TITLE = "遅い"
    def run(self):
        print("begun", flush=True)
        time.sleep(120)
        return {}

night.chores = lambda: {"sample": Slow()}
worker.work(threading.Event())
"""


def test_a_worker_killed_in_the_middle_leaves_it_to_the_next(sample: Counting) -> None:
    with own_connection() as one:
        url = make_conninfo(one.info.dsn, password=one.info.password)
    environment = os.environ | {"DATABASE_URL": url}
    with subprocess.Popen([sys.executable, "-c", PROGRAM], env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == b"begun\n"
            look()
            assert sample.times == 0
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait(30)
    end = time.monotonic() + 20
    while not sample.times and time.monotonic() < end:
        look()
    assert sample.times == 1
    assert [state.due for state in jobs.nightly()] == [False]


@pytest.mark.usefixtures("database")
def test_all_of_it_is_done_by_a_worker_of_an_empty_installation() -> None:
    assert {"attempts", "audit_days", "files", "sessions", "statistics"} <= set(chores())
    assert all(state.due for state in jobs.nightly())
    work(threading.Event(), until_empty=True)
    assert [(state.name, state.due, state.error) for state in jobs.nightly()] == [
        (name, False, "") for name in sorted(chores())
    ]
