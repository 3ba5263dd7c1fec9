"""Each piece of nightly work does what it says, and nothing to what is not its own."""

from __future__ import annotations

import os
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, transaction
from django.test import override_settings
from django.utils import timezone
from tests.world import TOWN_A, TOWN_B

from yakuba.kernel.home import yakuba_home
from yakuba.migration.pipeline.run import run
from yakuba.registry import jobs, queries
from yakuba.registry.job_tables.models import Job
from yakuba.registry.jobs import State
from yakuba.registry.jobs.chores import attempts, audit_days, files, sessions, statistics
from yakuba.registry.jobs.place import job_folder
from yakuba.registry.models import Record, Resident, Statistic
from yakuba.registry.services import load
from yakuba.tenancy.acting import system
from yakuba.tenancy.audit import Filter, entries, verify
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.models import SignInAttempt
from yakuba.tenancy.signin.lockout import Outcome, who
from yakuba.town.make import make

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tenancy.cast import Cast


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders of its own: numbers of jobs begin anew in every test."""
    monkeypatch.setenv("YAKUBA_HOME", str(tmp_path / "home"))


def job(town: str, state: State, days: int, *, kind: str = "export") -> Job:
    """A job that ended so many days ago, with its file."""
    with wall(town):
        made = Job.objects.create(
            municipality_id=town, kind=kind, state=state.value, staff=0, login="system",
            ended_at=timezone.now() - timedelta(days=days) if state.over else None,
            result={"file": "export.zip", "rows": 3} if kind == "export" else {},
        )  # fmt: skip
    folder = job_folder(town, made.pk)
    (folder / "export").mkdir(parents=True)
    (folder / "export.zip").write_bytes(b"PK")
    (folder / "export" / "juminjoho.csv").write_text("氏名")
    return made


def test_what_was_handed_out_long_ago_is_removed_and_said_so(cast: Cast) -> None:
    old, young = job(TOWN_A, State.DONE, 8), job(TOWN_A, State.DONE, 6)
    running, theirs = job(TOWN_A, State.RUNNING, 0), job(TOWN_B, State.DONE, 30)
    assert files.run() == {"files": 2, "left_over": 0}
    there = [job_folder(one.municipality_id, one.pk).exists() for one in (old, young, running, theirs)]
    assert there == [False, True, True, False]
    state = jobs.state(cast.administrator, old.pk)
    assert state is not None
    assert state.result == {"rows": 3, "removed": timezone.localdate().isoformat()}
    assert jobs.state(cast.administrator, young.pk).result["file"] == "export.zip"  # type: ignore[union-attr]
    found, _ = entries(cast.administrator, Filter(action="remove_files"))
    assert [(entry.actor, entry.detail) for entry in found] == [("system:nightly", {"job": old.pk})]
    assert files.run() == {"files": 0, "left_over": 0}


def test_a_folder_that_outlived_its_record_goes_the_next_night(cast: Cast) -> None:  # noqa: ARG001 - its towns
    left = job(TOWN_A, State.FAILED, 8, kind="migrate")
    assert files.run()["files"] == 0
    assert not job_folder(TOWN_A, left.pk).exists()


def test_a_keeping_time_is_a_setting(cast: Cast) -> None:  # noqa: ARG001 - its towns
    job(TOWN_A, State.DONE, 8)
    with override_settings(OUTPUT_DAYS=30):
        assert files.run()["files"] == 0
    assert files.run()["files"] == 1


def test_what_a_broken_upload_has_left_goes_after_a_day(cast: Cast) -> None:  # noqa: ARG001 - its towns
    moves = yakuba_home() / "moves" / TOWN_A
    old, young = moves / ".incoming-1", moves / "0123456789abcdef" / ".incoming-2"
    kept = moves / "0123456789abcdef" / "dump"
    for folder in (old, young, kept):
        folder.mkdir(parents=True)
        (folder / "0").write_bytes(b"x")
    past = time.time() - 25 * 3600
    os.utime(old, (past, past))
    assert files.run() == {"files": 0, "left_over": 1}
    assert [path.exists() for path in (old, young, kept)] == [False, True, True]
    os.utime(young, (past, past))
    os.utime(kept, (past, past))
    assert files.run() == {"files": 0, "left_over": 1}
    assert (kept / "0").exists()


def test_sessions_that_are_over_leave_the_table(cast: Cast) -> None:
    client = cast.client("clerk")
    for name, hours in (("over", -1), ("lasts", 1)):
        expires = timezone.now() + timedelta(hours=hours)
        Session.objects.create(session_key=name, session_data="", expire_date=expires)
    assert sessions.run() == {"sessions": 1}
    assert not Session.objects.filter(pk="over").exists()
    assert Session.objects.filter(pk="lasts").exists()
    assert client.get("/me/").status_code == 200


def test_attempts_are_kept_for_their_time_and_never_less_than_the_lock_needs(cast: Cast) -> None:  # noqa: ARG001
    for days in (0, 89, 91, 1000, 1200):
        moment = timezone.now() - timedelta(days=days)
        SignInAttempt.objects.create(who=who("clerk"), at=moment, outcome=Outcome.FAILED)
    assert attempts.run() == {"attempts": 1}
    with override_settings(ATTEMPT_DAYS=0):
        assert attempts.run() == {"attempts": 2}
    assert SignInAttempt.objects.count() == 2


def test_the_program_itself_can_take_no_attempt_back(cast: Cast) -> None:  # noqa: ARG001
    SignInAttempt.objects.create(who=who("clerk"), at=timezone.now(), outcome=Outcome.FAILED)
    rows = SignInAttempt.objects.all()
    for change in (rows.delete, lambda: rows.update(outcome=Outcome.FORGIVEN)):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            change()


def test_days_of_every_log_are_closed(cast: Cast) -> None:
    assert audit_days.run() == {"days": 0}
    assert verify(cast.administrator) == []


@pytest.fixture
def loaded(cast: Cast, tmp_path: Path) -> Cast:
    make(60, 1, "kihon", tmp_path / "dump")
    run(tmp_path / "dump" / "project.toml", tmp_path / "run", key_home=tmp_path / "keys")
    load(tmp_path / "run", system(TOWN_A))
    return cast


def test_only_a_municipality_that_has_written_is_counted_again(loaded: Cast) -> None:
    before = queries.counts(loaded.administrator)[0]
    assert statistics.run() == {"municipalities": 0}
    assert queries.counts(loaded.administrator)[0] == before
    with wall(TOWN_A):
        one = Resident.objects.filter(removed=False, outsider=False, protected=False).first()
        assert one is not None
        other = "2" if one.sex == "1" else "1"
        Resident.objects.filter(pk=one.pk).update(sex=other)
        last = Record.objects.filter(ledger=one.ledger).order_by("-row")[0]
        Record.objects.create(
            municipality_id=TOWN_A, ledger=one.ledger, row=last.row + 1, addressee=one.addressee, cells=last.cells,
            added=True,
        )  # fmt: skip
        Statistic.objects.update(as_of=date(2020, 1, 1))
    assert statistics.run() == {"municipalities": 1}
    after = queries.counts(loaded.administrator)[0]
    step = 1 if other == "1" else -1
    assert (after.as_of, after.population) == (timezone.localdate(), before.population)
    assert (after.male - before.male, after.female - before.female) == (step, -step)
    assert (after.households, after.foreign, after.removed) == (before.households, before.foreign, before.removed)
    assert sum(band["male"] + band["female"] for band in after.pyramid) <= after.population
    assert set(after.months) >= {month for month in before.months if month >= f"{after.as_of.year - 1}-12"}
    assert statistics.run() == {"municipalities": 0}
