"""A real vault through the centre: backed up, compacted, held, re-keyed and pruned at home, sent, copied, restored.

Oracle: the rows that went in (tests/vault/hall.py reads them with Python's csv), and `vault verify` on each copy.
"""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.backup.vaults import LINK, second_of
from tests.vault.hall import FIRST, Hall, small_town
from tests.world import TOWN_A

from yakuba.backup import queries, services
from yakuba.backup.door import objects
from yakuba.backup.door.caller import admitted
from yakuba.backup.door.entries import take_entry
from yakuba.backup.models import Entry
from yakuba.backup.services import sweeping
from yakuba.tenancy.acting import system
from yakuba.tenancy.database.walls import wall
from yakuba.vault.chain import read_chain
from yakuba.vault.services.compact import compact
from yakuba.vault.services.holds import hold
from yakuba.vault.services.policy import Policy
from yakuba.vault.services.prune import prune
from yakuba.vault.services.verify import verify
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tenancy.cast import Cast

LATER = FIRST + timedelta(days=200)


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return Hall(tmp_path / "hall").opened().days(4)


@pytest.fixture
def centre(tmp_path: Path, hall: Hall, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YAKUBA_HOME", str(tmp_path / "yakuba"))
    place = tmp_path / "centre"
    signer = _signer(hall)
    services.set_plan(system(), TOWN_A, place=str(place), second_place=str(second_of(place)), signer=signer, link=LINK)
    assert cast.group
    return place


def _signer(hall: Hall) -> str:
    return str(read_chain(open_store(hall.place)).entries[0].fields["signer"])


def send(hall: Hall) -> None:
    """What the centre lacks, objects first, as the 連携AP does; an object that is pruned at home is gone there."""
    plan, store = admitted(LINK), open_store(hall.place)
    with wall(TOWN_A):
        have = Entry.objects.count()
    for entry in read_chain(store).entries[have:]:
        if "object" in entry.fields:
            said = entry.fields["object"]
            name, content = said["name"].removeprefix("objects/"), store.read(said["name"])
            objects.take(plan, name, io.BytesIO(content), 0, len(content))
            objects.commit(plan, name, said["size"], said["sha256"], None)
        assert take_entry(plan, entry.number, entry.raw).new


def examine() -> dict[str, int]:
    plan = queries.plan(TOWN_A)
    assert plan is not None
    return services.examine(plan, whole=True)


def test_whatever_the_vault_does_the_copies_follow_and_restore(hall: Hall, centre: Path, tmp_path: Path) -> None:
    services.set_plan(system(), TOWN_A, max_age_hours=24 * 10_000)
    send(hall)
    compact(hall.place, 3, identity=hall.keys, keys=hall.keys, work=tmp_path / "work", now=FIRST + timedelta(days=5))
    hold(hall.place, 2, "訴訟", keys=hall.keys, now=FIRST + timedelta(days=5))
    send(hall)
    hall.backup(small_town(9), 100)
    send(hall)
    pruned = prune(hall.place, Policy(1, 1, 0, 0, 0), keys=hall.keys, now=LATER)
    assert pruned.deleted
    send(hall)
    assert {name: count for name, count in examine().items() if name not in ("objects", "swept")} == {
        "faults": 0, "differences": 0, "alarms": 0,
    }  # fmt: skip
    kept = [one.number for one in read_chain(open_store(hall.place)).kept]
    assert 2 in kept
    for place in (centre, second_of(centre)):
        assert not verify(str(place), identity=hall.keys).findings
        for number in kept:
            assert hall.restored(number, str(place)) == hall.expected(number)
    [standing] = queries.standings(system(TOWN_A))
    assert standing.good is not None
    assert standing.holds == (2,)
    assert standing.good.number == kept[-1]


def test_after_its_time_what_was_pruned_goes_and_the_rest_still_restores(
    hall: Hall, centre: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = {"keep_weekly": 0, "keep_monthly": 0, "keep_yearly": 0, "keep_daily": 1, "max_age_hours": 24 * 10_000}
    services.set_plan(system(), TOWN_A, lock_days=1, **usual)
    for day in range(5, 18):
        hall.backup(small_town(day), day, full=True)
    hall.backup(small_town(18), 100, full=True)
    send(hall)
    examine()
    prune(hall.place, Policy(1, 1, 0, 0, 0), keys=hall.keys, now=LATER)
    send(hall)
    before = len(list((centre / "objects").iterdir()))
    monkeypatch.setattr("yakuba.vault.store.folder.FolderStore._locked_until", lambda *_: None)
    monkeypatch.setattr(sweeping, "deleting_time", lambda *_: LATER + timedelta(days=4000))
    assert examine()["swept"] == before - 7
    assert {len(list((place / "objects").iterdir())) for place in (centre, second_of(centre))} == {7}
    assert {name: count for name, count in examine().items() if name != "objects"} == {
        "faults": 0, "differences": 0, "swept": 0, "alarms": 0,
    }  # fmt: skip
    newest = read_chain(open_store(hall.place)).kept[-1].number
    for place in (centre, second_of(centre)):
        assert hall.restored(newest, str(place)) == hall.expected(newest)
