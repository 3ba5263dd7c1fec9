"""What a municipality gives up goes only when its time is over, by every clock, and never against the centre's plan.

Oracle: issue 5 no. 2 (retention that neither a stolen credential nor a wrong clock can shorten), docs/ja/backup.md.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.backup.vaults import Sender, second_of
from tests.world import TOWN_A

from yakuba.backup import queries, services
from yakuba.backup.services import sweeping
from yakuba.backup.services.looking import look
from yakuba.tenancy.acting import system

if TYPE_CHECKING:
    from pathlib import Path

DAY = timedelta(days=1)
NOW = datetime.now(UTC)


def sweep_at(monkeypatch: pytest.MonkeyPatch, days: float) -> int:
    """What is swept when all three clocks are so many days on."""
    plan = queries.plan(TOWN_A)
    assert plan is not None
    chain = look(plan)
    assert chain is not None
    with monkeypatch.context() as patch:
        patch.setattr(sweeping, "deleting_time", lambda *_: datetime.now(UTC) + days * DAY)
        return sweeping.sweep(plan, chain)


def objects(place: Path) -> set[int]:
    """Numbers of the entries whose objects lie there."""
    return {int(path.name[:8]) for path in (place / "objects").iterdir()}


@pytest.fixture
def given_up(sender: Sender, centre: Path) -> Path:
    """Ten days, each whole; then all but the newest were given up."""
    for day in range(10, 0, -1):
        sender.full(size=1000, as_of=NOW - day * DAY, now=NOW - day * DAY - 400 * DAY)
    sender.prune(*range(1, 10))
    sender.carry(centre)
    usual = {"keep_weekly": 0, "keep_monthly": 0, "keep_yearly": 0}
    services.set_plan(system(), TOWN_A, lock_days=30, keep_daily=8, **usual)
    plan = queries.plan(TOWN_A)
    assert plan is not None
    services.examine(plan)
    assert objects(centre) == set(range(1, 11))
    return centre


def test_nothing_goes_before_its_time(given_up: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sweep_at(monkeypatch, 0) == 0
    assert sweep_at(monkeypatch, 29.9) == 0
    assert objects(given_up) == set(range(1, 11))


def test_then_what_the_plan_does_not_keep_goes_on_both_sides(given_up: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan keeps the newest of eight days; of the second centre only what was copied there can go."""
    assert sweep_at(monkeypatch, 30.1) == 2
    assert objects(given_up) == set(range(3, 11))
    assert not {1, 2} & objects(second_of(given_up))
    assert sweep_at(monkeypatch, 400) == 0
    plan = queries.plan(TOWN_A)
    assert plan is not None
    done = services.examine(plan, whole=True)
    assert (done["faults"], done["differences"], done["alarms"]) == (0, 0, 0)


def test_a_clock_that_runs_ahead_ends_nothing_early(given_up: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest entry was written today, so today is the latest that any clock can prove."""
    plan = queries.plan(TOWN_A)
    assert plan is not None
    chain = look(plan)
    assert chain is not None
    ahead = datetime.now(UTC) + 4000 * DAY
    monkeypatch.setattr("yakuba.vault.store.folder.FolderStore.now", lambda _: ahead)
    assert sweeping.sweep(plan, chain) == 0
    assert objects(given_up) == set(range(1, 11))


def test_what_is_needed_below_a_kept_delta_stays(sender: Sender, centre: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thief gives up all but the newest; the centre keeps the last nine days and what the ninth, a delta, needs."""
    past = NOW - 400 * DAY
    sender.full(size=1000, as_of=NOW - 20 * DAY, now=past)
    sender.delta(size=1000, as_of=NOW - 19 * DAY, now=past)
    for day in range(8, 0, -1):
        sender.full(size=1000, as_of=NOW - day * DAY, now=past)
    sender.prune(*range(1, 10))
    sender.carry(centre)
    usual = {"keep_weekly": 0, "keep_monthly": 0, "keep_yearly": 0, "lock_days": 30}
    services.set_plan(system(), TOWN_A, keep_daily=9, **usual)
    assert sweep_at(monkeypatch, 365) == 0
    services.set_plan(system(), TOWN_A, keep_daily=8, **usual)
    assert sweep_at(monkeypatch, 365) == 2
    assert objects(centre) == set(range(3, 11))
