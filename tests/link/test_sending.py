"""The outbox goes over a real line to the real centre: once each, whatever is cut, and nothing of another chain.

Oracle: the bytes of the outbox against those in the centre's folder, and the receipts that the centre has signed.
"""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING

import pytest
from tests.figures import FIGURES
from tests.link.feeds import RESIDENTS, Days, Desk, bags, files, put
from tests.link.serving import Cutter

from yakuba.kernel.errors import CannotContinueError
from yakuba.link.contact import Contact, line_state
from yakuba.link.receipts import confirmed
from yakuba.link.running import Link, once
from yakuba.link.status import collect, read_status

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

CUTS = 20

Linked = tuple[Desk, Days, "Path"]


def there(root: Path) -> dict[str, bytes]:
    """A vault's files."""
    return {
        f"{part}/{path.name}": path.read_bytes() for part in ("entries", "objects") for path in (root / part).iterdir()
    }


def test_what_is_sealed_is_sent_and_confirmed(linked: Linked, tmp_path: Path) -> None:
    desk, town, centre = linked
    assert len(desk.feed(town).sealed) == 1
    day = town.moved()
    assert len(desk.delta(day, {RESIDENTS: day.tables[RESIDENTS][:3]}, {}).sealed) == 1
    assert there(centre) == there(desk.place.folder / "outbox")
    assert confirmed(desk.place) == {0, 1, 2}
    assert desk.restored(tmp_path / "out", outbox=str(centre)) == bags(day)
    status = read_status(desk.place)
    assert status is not None
    assert status.good is not None
    assert status.good == status.safe
    assert (status.good.number, status.unsent, status.line.problem) == (2, 0, "")
    assert status.good.received_at >= status.good.sealed_at >= status.good.as_of
    assert desk.events().count("confirmed") == 3


def test_a_line_cut_again_and_again_loses_and_doubles_nothing(
    linked: Linked, rng: Random, record_property: Callable[[str, object], None]
) -> None:
    desk, town, centre = linked
    address = desk.settings.centre.url
    desk.set(f'url = "{address}"', 'url = ""')
    for number in range(5):
        town = town.moved()
        desk.feed(town, sequence=number + 1)

    def budget() -> tuple[int | None, int | None]:
        if cutter.cuts >= CUTS:
            return None, None
        return (rng.randrange(40_000), None) if rng.random() < 0.7 else (None, rng.randrange(6_000))

    cutter = Cutter(address, budget)
    desk.set('url = ""', f'piece_kib = 16\nurl = "{cutter.address}"')
    contact, attempts, done = Contact(desk.place, desk.settings), 0, False
    while not done:
        attempts += 1
        assert attempts < 10 * CUTS
        done = contact.deliver(Event())
    cutter.close()
    assert cutter.cuts == CUTS
    assert there(centre) == there(desk.place.folder / "outbox")
    assert sorted(confirmed(desk.place)) == list(range(6))
    told = [json.loads(line) for line in desk.place.journal.read_text("utf-8").splitlines()]
    assert [one["number"] for one in told if one["event"] == "confirmed"] == list(range(6))
    record_property(FIGURES, f"link: {cutter.cuts} cuts of the line, {attempts} attempts, 6 entries arrived once each")


def test_a_centre_that_is_away_is_told_and_tried_again(linked: Linked) -> None:
    desk, town, centre = linked
    address = desk.settings.centre.url
    desk.set(address, "https://127.0.0.1:9")
    assert len(desk.feed(town).sealed) == 1
    state = line_state(desk.place)
    assert "line" in state.problem
    assert not state.person
    assert collect(desk.place, desk.settings).unsent == 2
    desk.set("https://127.0.0.1:9", address)
    once(desk.place, desk.settings)
    assert there(centre) == there(desk.place.folder / "outbox")


def test_nothing_is_sealed_while_the_clocks_are_apart(linked: Linked, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, town, _ = linked
    put(desk.inbox, town.name(), files(town.tables))
    with monkeypatch.context() as patch:
        patch.setattr("yakuba.link.contact.now", lambda: datetime.now(UTC) + timedelta(minutes=20))
        with pytest.raises(CannotContinueError, match="時計"):
            once(desk.place, desk.settings)
    status = read_status(desk.place)
    assert status is not None
    assert ("時計" in status.problem, status.attention, status.good) == (True, True, None)
    assert status.line.clock_seconds in range(1190, 1260)
    assert len(once(desk.place, desk.settings).sealed) == 1


def test_an_outbox_that_is_not_the_centres_chain_sends_nothing(linked: Linked, tmp_path: Path) -> None:
    desk, town, centre = linked
    desk.feed(town)
    before = there(centre)
    old = tmp_path / "old"
    shutil.copytree(desk.place.folder, old)
    desk.feed(town.moved())
    after = there(centre)
    assert set(before) < set(after)
    shutil.rmtree(desk.place.folder)
    shutil.copytree(old, desk.place.folder)  # yesterday's disk comes back
    assert not Contact(desk.place, desk.settings).deliver(Event())
    assert line_state(desk.place).person
    assert there(centre) == after
    put(desk.inbox, town.moved().moved().name(), files(town.moved().moved().tables))
    Link(desk.place, desk.settings).once()  # sealed at home all the same, but the chains have parted
    assert line_state(desk.place).person
    assert "枝分かれ" in line_state(desk.place).problem
    assert there(centre) == after


def test_a_receipt_of_another_key_stops_the_sending(linked: Linked) -> None:
    desk, town, _ = linked
    desk.set('fingerprint = ""', f'fingerprint = "{"0000 " * 9}0000"')
    desk.feed(town)
    assert confirmed(desk.place) == set()
    assert line_state(desk.place).person
    assert "鍵" in line_state(desk.place).problem


def test_old_generations_leave_the_outbox_only_when_the_centre_has_them(linked: Linked, tmp_path: Path) -> None:
    desk, town, centre = linked
    desk.set("retain_days = 35", "retain_days = 0")
    desk.set("keep_generations = 0", "keep_generations = 1")
    days = [town]
    for _ in range(2):
        days.append(days[-1].moved())
    address = desk.settings.centre.url
    desk.set(address, "https://127.0.0.1:9")
    for day in days:
        desk.feed(day)
    objects = desk.place.folder / "outbox" / "objects"
    assert len(list(objects.iterdir())) == 3
    desk.set("https://127.0.0.1:9", address)
    once(desk.place, desk.settings)
    assert len(list((centre / "objects").iterdir())) == 3
    assert desk.restored(tmp_path / "here") == desk.restored(tmp_path / "there", outbox=str(centre)) == bags(days[-1])


def test_a_centre_that_has_lost_what_it_confirmed_is_told_and_given_nothing(linked: Linked) -> None:
    desk, town, _ = linked
    desk.feed(town)
    (desk.place.receipts / "00000009.json").write_bytes((desk.place.receipts / "00000001.json").read_bytes())
    assert not Contact(desk.place, desk.settings).deliver(Event())
    state = line_state(desk.place)
    assert state.person
    assert "失" in state.problem
