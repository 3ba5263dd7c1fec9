"""The worker: one at a time, never twice, kills at any moment. Oracle: issue 3 no. 6 ("survives a restart")."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import psycopg
import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo
from tests.world import TOWN_A, TOWN_B

from yakuba.kernel.home import yakuba_home
from yakuba.migration.pipeline.run import run
from yakuba.registry import jobs
from yakuba.registry.job_tables.models import Job
from yakuba.registry.jobs import State, worker
from yakuba.registry.jobs.queue import Hands, own_connection
from yakuba.registry.jobs.worker import work
from yakuba.registry.models import Load, Record
from yakuba.tenancy.acting import system
from yakuba.tenancy.database.walls import wall
from yakuba.town.make import make

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.registry.jobs.kinds_for_tests import Sample
    from tests.tenancy.cast import Cast


@contextmanager
def in_background(count: int = 1) -> Iterator[Event]:
    stop = Event()

    def one() -> None:
        work(stop)
        connection.close()

    workers = [Thread(target=one) for _ in range(count)]
    for thread in workers:
        thread.start()
    try:
        yield stop
    finally:
        stop.set()
        for thread in workers:
            thread.join(20)
        assert not any(thread.is_alive() for thread in workers)


def until(town: str, number: int, *states: State, seconds: float = 40) -> jobs.JobState:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        state = jobs.state(system(town), number)
        assert state is not None
        if state.state in states:
            return state
        time.sleep(0.05)
    raise AssertionError(state)


def test_progress_is_seen_while_it_runs_and_cancelling_stops_it(cast: Cast, sample: Sample) -> None:
    sample.go.clear()
    number = jobs.start(cast.administrator, "sample")
    with in_background():
        assert sample.begun.wait(10)
        state = until(TOWN_A, number, State.RUNNING)
        assert (state.stage, state.done, state.total, state.unit) == ("数える count", 0, 3, "件")
        assert jobs.workers() == 1
        assert jobs.cancel(cast.administrator, number)
        assert until(TOWN_A, number, State.CANCELLED).message
    assert sample.done == []
    assert jobs.waiting() == {}
    end = time.monotonic() + 10
    while jobs.workers() and time.monotonic() < end:
        time.sleep(0.05)
    assert jobs.workers() == 0


def test_news_come_at_once(cast: Cast, sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setattr(worker, "REST", 30.0)
    with in_background() as stop:
        time.sleep(0.5)
        begun = time.monotonic()
        until(TOWN_A, jobs.start(cast.administrator, "sample"), State.DONE)
        assert time.monotonic() - begun < 10
        stop.set()
        jobs.start(cast.administrator, "sample", once="more to wake it")


def test_exclusive_work_of_one_town_is_alone_and_another_town_does_not_wait(cast: Cast, sample: Sample) -> None:
    sample.go.clear()
    first = jobs.start(cast.administrator, "sample", n=1)
    second = jobs.start(cast.administrator, "sample", n=2)
    with in_background(3):
        assert sample.begun.wait(10)
        other = jobs.start(cast.outsider, "sample")
        until(TOWN_B, other, State.RUNNING)
        time.sleep(1)
        held = [jobs.state(cast.administrator, number) for number in (first, second)]
        assert sorted(state.state for state in held if state) == [State.QUEUED, State.RUNNING]
        assert sample.most == 2
        sample.go.set()
        for number in (first, second):
            until(TOWN_A, number, State.DONE)
    assert sample.most == 2


def test_many_workers_do_every_job_once(cast: Cast, sample: Sample) -> None:
    sample.EXCLUSIVE = False
    numbers = [jobs.start(cast.administrator, "sample", n=n) for n in range(30)]
    with in_background(4):
        for number in numbers:
            until(TOWN_A, number, State.DONE)
    assert sorted(arguments["n"] for _, arguments in sample.done) == list(range(30))
    with wall(TOWN_A):
        assert set(Job.objects.values_list("attempts", flat=True)) == {1}


def test_a_worker_that_is_asked_to_stop_puts_its_job_back(cast: Cast, sample: Sample) -> None:
    sample.go.clear()
    number = jobs.start(cast.administrator, "sample")
    with in_background():
        assert sample.begun.wait(10)
    until(TOWN_A, number, State.QUEUED, seconds=1)
    sample.go.set()
    work(Event(), until_empty=True)
    until(TOWN_A, number, State.DONE, seconds=1)
    with wall(TOWN_A):
        assert Job.objects.get(pk=number).attempts == 1


def test_a_job_that_kills_its_workers_is_given_up(cast: Cast, sample: Sample) -> None:
    number = jobs.start(cast.administrator, "sample")
    with wall(TOWN_A):
        Job.objects.filter(pk=number).update(state=State.RUNNING, attempts=worker.ATTEMPTS)
    work(Event(), until_empty=True)
    assert until(TOWN_A, number, State.FAILED).message.startswith("3回とも")
    assert sample.done == []


def test_a_worker_whose_connection_is_lost_gives_the_job_up(cast: Cast, sample: Sample) -> None:
    """The lock is gone with it: from then on the job may be another's, so this one must not go on."""
    sample.go.clear()
    number = jobs.start(cast.administrator, "sample")
    lost: list[BaseException] = []

    def one() -> None:
        try:
            work(Event())
        except psycopg.OperationalError as error:
            lost.append(error)
        connection.close()

    thread = Thread(target=one)
    thread.start()
    assert sample.begun.wait(10)
    with own_connection() as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
        )
    thread.join(20)
    assert lost
    assert sample.done == []
    sample.go.set()
    work(Event(), until_empty=True)
    until(TOWN_A, number, State.DONE, seconds=1)
    assert len(sample.done) == 1


def test_a_job_is_held_by_one_connection_only(cast: Cast, sample: Sample) -> None:  # noqa: ARG001
    number = jobs.start(cast.administrator, "sample")
    with own_connection() as one, own_connection() as two:
        mine, theirs = Hands(one), Hands(two)
        assert jobs.workers() == 2
        with mine.held(number, TOWN_A, exclusive=True) as first, theirs.held(number, TOWN_A, exclusive=True) as second:
            assert (first, second) == (True, False)
        with theirs.held(number, TOWN_A, exclusive=True) as third:
            assert third
        with mine.held(number + 1, TOWN_A, exclusive=False) as unknown:
            assert not unknown


def dump(residents: int) -> tuple[str, str]:
    base = yakuba_home() / "municipalities" / TOWN_A
    folder = base / f"dump{residents}-{time.monotonic_ns()}"
    make(residents, 1, "vendor-a", folder)
    return str(folder / "project.toml"), str(folder / "run")


def environment() -> dict[str, str]:
    """For a program that is to use this process's database."""
    with own_connection() as one:
        url = make_conninfo(one.info.dsn, password=one.info.password)
    return os.environ | {"DATABASE_URL": url}


@contextmanager
def started() -> Iterator[subprocess.Popen[bytes]]:
    program = [sys.executable, "-m", "yakuba", "work"]
    with subprocess.Popen(program, env=environment(), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def ended(process: subprocess.Popen[bytes], how: signal.Signals) -> bytes:
    process.send_signal(how)
    _, told = process.communicate(timeout=60)
    return told


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_worker_killed_in_the_middle_of_a_migration_loses_nothing(cast: Cast, how: signal.Signals) -> None:
    project, out = dump(300)
    number = jobs.start(cast.administrator, "migrate", project=project, out=out)
    with started() as first:
        state = until(TOWN_A, number, State.RUNNING)
        while not state.stage:
            state = until(TOWN_A, number, State.RUNNING)
        told = ended(first, how)
    assert b"Traceback" not in told
    assert first.returncode == (-9 if how is signal.SIGKILL else 0)
    left = jobs.state(cast.administrator, number)
    assert left is not None
    assert left.state is (State.RUNNING if how is signal.SIGKILL else State.QUEUED)
    with started() as second:
        done = until(TOWN_A, number, State.DONE, State.FAILED)
        ended(second, signal.SIGTERM)
    assert done.state is State.DONE, done.message
    assert done.result["proven"] is True
    with wall(TOWN_A):
        assert Job.objects.get(pk=number).attempts == (2 if how is signal.SIGKILL else 1)


def test_a_worker_killed_in_the_middle_of_a_load_leaves_nothing_half_done(cast: Cast) -> None:
    project, out = dump(200)
    run(Path(project), Path(out))
    number = jobs.start(cast.administrator, "load", run=out)
    with started() as first:
        while not until(TOWN_A, number, State.RUNNING).stage.startswith(("取込み", "住民", "数え直し")):
            pass
        ended(first, signal.SIGKILL)
    assert counted() == (0, 0)
    with started() as second:
        done = until(TOWN_A, number, State.DONE, State.FAILED)
        ended(second, signal.SIGTERM)
    assert done.state is State.DONE, done.message
    assert counted() == (done.result["rows"], 1)
    assert done.result["rows"] > 1000


def counted() -> tuple[int, int]:
    """Records and loads of the town."""
    with wall(TOWN_A):
        return Record.objects.count(), Load.objects.count()


def test_the_command_ends_when_nothing_waits(cast: Cast) -> None:
    project, out = dump(30)
    number = jobs.start(cast.administrator, "migrate", project=project, out=out)
    program = [sys.executable, "-m", "yakuba", "work", "--until-empty"]
    said = subprocess.run(program, env=environment(), capture_output=True, check=False, timeout=120)
    assert said.returncode == 0, said.stderr
    assert until(TOWN_A, number, State.DONE, seconds=1).result["proven"] is True
