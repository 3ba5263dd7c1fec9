"""What the centre finds by itself: each kind of alarm is raised by what it is for, ends, and is raised by nothing else.

Oracle: issue 5 no. 4 and its list of faults; the test breaks one thing at a time and knows what it broke.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from tests.backup.vaults import BOOK, ROWS, Sender, second_of
from tests.world import TOWN_A, TOWN_B

from yakuba.backup import queries, services
from yakuba.backup.models import Alarm, Check, Entry
from yakuba.backup.services.watching import watch
from yakuba.tenancy.acting import system
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from pathlib import Path

DAY = timedelta(days=1)


def examine(*, whole: bool = False) -> set[str]:
    """Examine; gives the alarms that hold now."""
    plan = queries.plan(TOWN_A)
    assert plan is not None
    services.examine(plan, whole=whole)
    return alarms()


def alarms() -> set[str]:
    with wall(TOWN_A):
        return set(Alarm.objects.filter(ended_at=None).values_list("kind", flat=True))


def good() -> int | None:
    [found] = queries.standings(system(TOWN_A))
    return found.good.number if found.good else None


@pytest.fixture
def kept(sender: Sender, centre: Path) -> Path:
    """Three generations in both centres, examined and right."""
    sender.full()
    sender.delta()
    sender.delta()
    sender.carry(centre)
    assert examine() == set()
    assert good() == 3
    return centre


def thing(place: Path, sender: Sender, number: int) -> Path:
    return place / str(sender.chain.entries[number].fields["object"]["name"])


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_all_is_well(kept: Path, sender: Sender) -> None:
    files = {path.relative_to(kept) for path in kept.rglob("*") if path.parent.name in ("entries", "objects")}
    for path in files:
        assert (
            (second_of(kept) / path).read_bytes() == (kept / path).read_bytes() == (sender.folder / path).read_bytes()
        )
    [found] = queries.standings(system(TOWN_A))
    assert (found.generations, found.rows, found.behind) == (3, sum(ROWS.values()), 0)
    assert {kind: line.ok for kind, line in found.checks.items()} == {"verify": True, "replicate": True}


@pytest.mark.parametrize(("number", "left"), [(1, None), (2, 1), (3, 2)])
def test_a_damaged_object_takes_what_stands_on_it_along(kept: Path, sender: Sender, number: int, left: int) -> None:
    damage(thing(kept, sender, number))
    assert examine(whole=True) == {"verification"}
    assert good() == left
    shutil.copyfile(thing(second_of(kept), sender, number), thing(kept, sender, number))
    assert examine(whole=True) == set()
    assert good() == 3
    with wall(TOWN_A):
        assert list(Check.objects.filter(kind="verify").order_by("id").values_list("ok", flat=True)) == [
            True, False, True,
        ]  # fmt: skip


def test_a_lost_object(kept: Path, sender: Sender) -> None:
    thing(kept, sender, 2).unlink()
    assert examine(whole=True) == {"verification", "differs"}
    assert good() == 1


def test_what_is_not_due_is_not_read_again_until_its_time(kept: Path, sender: Sender) -> None:
    damage(thing(kept, sender, 1))
    assert examine() == set()
    with wall(TOWN_A):
        Entry.objects.update(verified_at=datetime.now(UTC) - 31 * DAY)
    assert examine() == {"verification"}


def test_an_entry_that_was_changed_or_taken_back(kept: Path, sender: Sender) -> None:
    path = kept / "entries" / "00000002.json"
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"12000", b"12001"))
    assert examine() == {"chain_broken"}
    path.write_bytes(raw)
    assert examine() == set()
    (kept / "entries" / "00000003.json").unlink()
    assert examine() == {"rolled_back"}
    shutil.rmtree(kept / "entries")
    assert examine() == {"rolled_back"}
    assert sender.chain.head


def test_a_vault_written_anew_by_the_same_keys_is_noticed(kept: Path, sender: Sender) -> None:
    """Whoever has stolen the signer can sign another history; the centre remembers the first."""
    for part in ("entries", "objects"):
        shutil.rmtree(kept / part)
        shutil.rmtree(sender.folder / part)
    keys = sender.folder.with_name("home-keys")
    other = Sender.__new__(Sender)
    other.folder, other.municipality = sender.folder, TOWN_A
    assert keys.is_dir()
    other.__post_init__()
    other.full()
    other.delta()
    other.delta()
    other.delta()
    other.carry(kept)
    assert examine() == {"chain_broken"}


def test_the_vault_of_another_municipality_and_of_another_signer(kept: Path, tmp_path: Path) -> None:
    other = Sender(tmp_path / "other", TOWN_B)
    other.full()
    place = tmp_path / "swapped"
    other.carry(place)
    services.set_plan(system(), TOWN_A, place=str(place))
    assert examine() == {"chain_broken"}
    services.set_plan(system(), TOWN_A, signer=other.signer.fingerprint)
    assert examine() == {"chain_broken"}
    assert kept.is_dir()


def test_a_place_that_cannot_be_reached(kept: Path) -> None:
    services.set_plan(system(), TOWN_A, place="s3://nowhere/x?endpoint=http://127.0.0.1:9&region=none")
    assert "unreachable" in examine() or "rolled_back" in alarms()
    services.set_plan(system(), TOWN_A, place=str(kept))
    assert examine() == set()


def test_old_shrunk_full_and_behind(sender: Sender, centre: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = queries.plan(TOWN_A)
    assert plan is not None
    assert watch(plan) == 0
    services.set_plan(system(), TOWN_A, max_age_hours=24)
    sender.full(as_of=datetime.now(UTC) - 3 * DAY, now=datetime.now(UTC) - 3 * DAY)
    sender.carry(centre)
    assert examine() == {"too_old"}
    sender.full({BOOK: 9_000, "印鑑登録/印鑑登録": 4_500})
    sender.carry(centre)
    assert examine() == {"shrunk"}
    sender.full({BOOK: 9_000})
    sender.carry(centre)
    assert examine() == {"shrunk"}
    sender.full({BOOK: 8_900})
    sender.carry(centre)
    services.set_plan(system(), TOWN_A, quota_mb=1)
    assert examine() == {"quota"}
    services.set_plan(system(), TOWN_A, quota_mb=100, max_age_hours=1)
    with wall(TOWN_A):
        Entry.objects.update(replicated_at=None)
    late, moment = queries.plan(TOWN_A), timezone.now() + timedelta(hours=2)
    assert late is not None
    monkeypatch.setattr(timezone, "now", lambda: moment)
    watch(late)
    assert alarms() == {"too_old", "behind"}


def test_an_alarm_is_one_until_it_ends_and_stays_until_somebody_has_seen_it(kept: Path, sender: Sender) -> None:
    damage(thing(kept, sender, 3))
    for _ in range(3):
        assert examine(whole=True) == {"verification"}
    with wall(TOWN_A):
        alarm = Alarm.objects.get()
    shutil.copyfile(thing(second_of(kept), sender, 3), thing(kept, sender, 3))
    assert examine(whole=True) == set()
    [standing] = queries.standings(system(TOWN_A))
    assert [one.id for one in standing.alarms] == [alarm.pk]
    services.acknowledge(system(), TOWN_A, alarm.pk, "第二センターから戻した")
    [standing] = queries.standings(system(TOWN_A))
    assert standing.alarms == ()


def test_another_copy_in_the_second_centre_is_an_alarm_and_stays(kept: Path, sender: Sender) -> None:
    away = thing(second_of(kept), sender, 2)
    damage(away)
    wrong = away.read_bytes()
    assert examine(whole=True) == {"differs"}
    assert away.read_bytes() == wrong
    assert good() == 3
    entry = second_of(kept) / "entries" / "00000001.json"
    entry.write_bytes(entry.read_bytes() + b"x")
    assert examine() == {"differs"}


def test_a_paused_plan_is_silent(kept: Path, sender: Sender) -> None:
    damage(thing(kept, sender, 3))
    services.set_plan(system(), TOWN_A, paused=True)
    assert examine(whole=True) == set()


def test_no_copy_at_all(centre: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert examine() == set()
    moment = timezone.now() + timedelta(hours=27)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert examine() == {"none_yet"}
    assert not list(centre.glob("*"))
