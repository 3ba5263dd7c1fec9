"""Asking the queue: rights, walls, double clicks, cancelling. Oracle: issue 3 no. 6 and the rights of the cast."""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, connections, transaction
from tests.world import TOWN_A, TOWN_B

from yakuba.kernel.errors import UsageError
from yakuba.kernel.home import yakuba_home
from yakuba.registry import jobs
from yakuba.registry.job_tables.models import Job, Ticket
from yakuba.registry.jobs import State
from yakuba.registry.jobs.place import inside
from yakuba.registry.jobs.worker import work
from yakuba.tenancy.acting import NotAllowedError, NotFoundError, system
from yakuba.tenancy.audit import Filter, entries
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.queries import rights_of
from yakuba.tenancy.services import revoke

if TYPE_CHECKING:
    from pathlib import Path

    from tests.registry.jobs.kinds_for_tests import Sample
    from tests.tenancy.cast import Cast


def run_all() -> None:
    work(Event(), until_empty=True)


def test_a_job_is_done_and_tells_what_it_did(cast: Cast, sample: Sample) -> None:
    number = jobs.start(cast.administrator, "sample", run="x")
    waiting = jobs.state(cast.administrator, number)
    assert waiting is not None
    assert (waiting.state, waiting.title, waiting.percent) == (State.QUEUED, "見本の仕事", None)
    assert jobs.waiting() == {"sample": 1}
    run_all()
    state = jobs.state(cast.administrator, number)
    assert state is not None
    assert (state.state, state.message, state.done, state.total) == (State.DONE, "数えました", 3, 3)
    assert (state.percent, state.result["count"], state.login) == (100, 3, "administrator")
    assert state.started_at is not None
    assert state.ended_at is not None
    assert state.created_at <= state.started_at <= state.ended_at
    assert sample.done == [(TOWN_A, {"run": "x"})]
    assert jobs.waiting() == {}
    folder = jobs.folder(cast.administrator, number)
    assert folder is not None
    assert (folder / "made").exists()
    found, _ = entries(cast.administrator, Filter(place="jobs"))
    assert "start sample" in {entry.action for entry in found}


def test_who_may_not_start_it_cannot(cast: Cast, sample: Sample) -> None:
    for who in (cast.clerk, cast.nobody):
        with pytest.raises(NotAllowedError):
            jobs.start(who, "sample")
    with pytest.raises(NotFoundError):
        jobs.start(cast.operator, "sample")
    with pytest.raises(UsageError, match="no such kind"):
        jobs.start(cast.administrator, "nonsense")
    with pytest.raises(UsageError, match="指定"):
        jobs.start(cast.administrator, "sample", wrong=1)
    run_all()
    assert sample.done == []


def test_another_town_sees_nothing_of_it(cast: Cast, sample: Sample) -> None:
    number = jobs.start(cast.administrator, "sample")
    assert jobs.state(cast.outsider, number) is None
    assert jobs.folder(cast.outsider, number) is None
    assert jobs.newest(cast.outsider) == []
    assert not jobs.cancel(cast.outsider, number)
    assert not Job.objects.exists()
    assert not Ticket.objects.exists()
    run_all()
    assert sample.done
    with wall(TOWN_B):
        assert not Job.objects.exists()


def test_a_colleague_with_the_right_sees_it_and_one_without_does_not(cast: Cast, sample: Sample) -> None:
    number = jobs.start(system(TOWN_A), "sample")
    assert jobs.state(cast.administrator, number)
    assert jobs.state(cast.clerk, number) is None
    sample.SHARED = False
    assert jobs.state(cast.administrator, number) is None


@pytest.mark.parametrize("number", ["", "abc", "-1", "99999999999999999999", 0, 2**63])
def test_numbers_that_are_none(cast: Cast, number: str | int) -> None:
    assert jobs.state(cast.administrator, number) is None
    assert jobs.folder(cast.administrator, number) is None
    assert not jobs.cancel(cast.administrator, number)


def test_a_double_click_starts_one_job(cast: Cast, sample: Sample) -> None:
    first = jobs.start(cast.administrator, "sample", run="x")
    assert jobs.start(cast.administrator, "sample", run="x") == first
    assert jobs.start(cast.administrator, "sample", run="y") != first
    run_all()
    assert len(sample.done) == 2
    assert jobs.start(cast.administrator, "sample", run="x") != first


def test_two_clicks_at_one_moment_start_one_job(cast: Cast, sample: Sample) -> None:  # noqa: ARG001
    numbers: list[int] = []

    def click() -> None:
        numbers.append(jobs.start(cast.administrator, "sample", run="x"))
        connection.close()

    clicks = [Thread(target=click) for _ in range(6)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert len(numbers) == 6
    assert len(set(numbers)) == 1


def test_a_right_that_is_gone_when_it_begins_stops_it(cast: Cast, sample: Sample) -> None:
    number = jobs.start(cast.administrator, "sample")
    for right in rights_of(system(TOWN_A), cast.ids["administrator"]):
        revoke(system(TOWN_A), right.id)
    run_all()
    state = jobs.state(system(TOWN_A), number)
    assert state is not None
    assert state.state is State.FAILED
    assert "権限" in state.message
    assert sample.done == []


def test_what_cannot_go_on_says_why(cast: Cast, sample: Sample) -> None:  # noqa: ARG001
    number = jobs.start(cast.administrator, "sample", refuse=1)
    run_all()
    state = jobs.state(cast.administrator, number)
    assert state is not None
    assert (state.state, state.message) == (State.FAILED, "証拠が違います → 送り手に確かめてください")


def test_a_fault_ends_the_job_and_tells_nobodys_name(
    cast: Cast, sample: Sample, capsys: pytest.CaptureFixture[str]
) -> None:
    number = jobs.start(cast.administrator, "sample", fault=1)
    after = jobs.start(cast.administrator, "sample")
    run_all()
    state, other = jobs.state(cast.administrator, number), jobs.state(cast.administrator, after)
    assert state is not None
    assert other is not None
    assert (state.state, other.state) == (State.FAILED, State.DONE)
    assert "ZeroDivisionError" in state.message
    assert "渡邉" not in state.message
    assert "渡邉" not in "".join(capsys.readouterr())
    assert len(sample.done) == 1


def test_a_waiting_job_is_cancelled_at_once(cast: Cast, sample: Sample) -> None:
    number = jobs.start(cast.administrator, "sample")
    assert jobs.cancel(cast.administrator, number)
    assert not jobs.cancel(cast.administrator, number)
    run_all()
    state = jobs.state(cast.administrator, number)
    assert state is not None
    assert state.state is State.CANCELLED
    assert sample.done == []


def test_the_tables_of_the_queue_are_walled(cast: Cast, sample: Sample) -> None:  # noqa: ARG001
    jobs.start(cast.administrator, "sample")
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM jobs_job")
        assert cursor.fetchone() == (0,)
    for statement in ("DELETE FROM jobs_job", "UPDATE jobs_ticket SET kind = ''"):
        with pytest.raises(DatabaseError, match="permission"), wall(TOWN_A), transaction.atomic():
            connection.cursor().execute(statement)
    with wall(TOWN_B):
        assert Ticket.objects.filter(municipality=TOWN_A).delete() == (0, {})
    assert jobs.waiting() == {"sample": 1}


def test_paths_lead_nowhere_else(database: Path) -> None:
    mine, other = (yakuba_home() / "municipalities" / town for town in (TOWN_A, TOWN_B))
    for folder in (mine / "runs", other / "runs"):
        folder.mkdir(parents=True, exist_ok=True)
    link = mine / "link"
    link.unlink(missing_ok=True)
    link.symlink_to(other / "runs")
    assert inside(TOWN_A, str(mine / "runs")) == (mine / "runs").resolve()
    assert inside(TOWN_A, str(mine / "new"), new=True) == (mine / "new").resolve()
    bad = [
        str(mine), str(other / "runs"), str(mine / "../990027/runs"), str(link), "runs", "", "\0", None, 7,
        str(mine / "nothing"), str(database), "/etc/passwd", str(yakuba_home()),
    ]  # fmt: skip
    for value in bad:
        with pytest.raises(UsageError):
            inside(TOWN_A, value)
    with pytest.raises(UsageError):
        inside("", str(mine / "runs"))
