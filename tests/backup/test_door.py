"""The receiving door without HTTP: parts, commits, entries.

Oracle: docs/vault-format.md says what an entry is; the protocol's page (docs/ja/backup.md) says what is refused with
which word. Whatever happens, the centre's folder holds the sender's bytes or nothing.
"""

from __future__ import annotations

import io
import os
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.backup.vaults import LINK, Sender
from tests.world import TOWN_A, TOWN_B

from yakuba.backup import services
from yakuba.backup.door import asking, objects
from yakuba.backup.door.caller import admitted
from yakuba.backup.door.entries import take_entry
from yakuba.backup.door.incoming import FORGOTTEN, MOST, Incoming
from yakuba.backup.errors import RefusedError
from yakuba.backup.models import Alarm, Entry
from yakuba.backup.signing import holds
from yakuba.tenancy.acting import system
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from yakuba.backup.queries import PlanLine

pytestmark = pytest.mark.usefixtures("centre")
DAY = timedelta(days=1)


@pytest.fixture
def plan(centre: Path) -> PlanLine:  # noqa: ARG001 - it makes the plan
    return admitted(LINK)


def send_object(plan: PlanLine, sender: Sender, number: int) -> None:
    name, content, said = sender.thing(number)
    assert objects.take(plan, name, io.BytesIO(content), 0, len(content)) == len(content)
    objects.commit(plan, name, said["size"], said["sha256"], None)


def send(plan: PlanLine, sender: Sender, *numbers: int) -> list[dict[str, Any]]:
    """Objects first, then entries; gives the receipts."""
    receipts = []
    for number in numbers:
        if "object" in sender.chain.entries[number].fields:
            send_object(plan, sender, number)
        receipts.append(take_entry(plan, number, sender.raw(number)).receipt)
    return receipts


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(RefusedError) as caught:
        act()
    assert caught.value.remedy
    return f"{caught.value.status} {caught.value.code}"


def alarms() -> set[str]:
    with wall(TOWN_A):
        return set(Alarm.objects.filter(ended_at=None).values_list("kind", flat=True))


def same(one: Path, other: Path) -> bool:
    def files(root: Path) -> dict[str, bytes]:
        parts = [*root.glob("entries/*"), *root.glob("objects/*")]
        return {str(path.relative_to(root)): path.read_bytes() for path in parts}

    return files(one) == files(other) != {}


def test_what_was_sent_lies_there_byte_by_byte_and_is_receipted(plan: PlanLine, sender: Sender, centre: Path) -> None:
    assert asking.head(plan).number == -1
    sender.full()
    sender.delta()
    receipts = send(plan, sender, 0, 1, 2)
    assert same(sender.folder, centre)
    assert (asking.head(plan).number, asking.head(plan).digest) == (2, sender.chain.head)
    assert [one["digest"] for one in receipts] == [entry.digest for entry in sender.chain.entries]
    assert all(holds(one, "receipt") for one in receipts)
    assert not holds(receipts[0] | {"number": 7}, "receipt")
    assert not holds(receipts[0], "drill")
    with wall(TOWN_A):
        assert list(Entry.objects.values_list("good", flat=True)) == [False, True, True]
    assert alarms() == set()


def test_everything_may_be_sent_again(plan: PlanLine, sender: Sender, centre: Path) -> None:
    sender.full()
    first = send(plan, sender, 0, 1)
    name, content, said = sender.thing(1)
    assert objects.received(plan, name) == (len(content), True)
    assert objects.take(plan, name, io.BytesIO(content), 0, len(content)) == len(content)
    objects.commit(plan, name, said["size"], said["sha256"], None)
    again = take_entry(plan, 1, sender.raw(1))
    assert (again.new, again.receipt) == (False, first[1])
    assert same(sender.folder, centre)


def test_a_broken_off_object_goes_on_where_it_stood(plan: PlanLine, sender: Sender, centre: Path) -> None:
    sender.full()
    send(plan, sender, 0)
    name, content, said = sender.thing(1)
    here = 0
    while here < len(content):
        assert objects.received(plan, name) == (here, False)
        piece = content[here : here + 77_777]
        here = objects.take(plan, name, io.BytesIO(piece), here, len(content))
    assert refused(lambda: objects.take(plan, name, io.BytesIO(b"x"), 5, len(content))) == "409 offset"
    objects.commit(plan, name, said["size"], said["sha256"], None)
    take_entry(plan, 1, sender.raw(1))
    assert same(sender.folder, centre)


def test_two_connections_with_one_object_never_mix(plan: PlanLine, sender: Sender) -> None:
    sender.full(size=2_000_000)
    name, content, said = sender.thing(1)

    class Overtaken(io.BytesIO):
        """The older connection: after its first part the newer one sends everything else."""

        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                rest = io.BytesIO(content[self.tell() :])
                assert objects.take(plan, name, rest, self.tell(), len(content)) == len(content)
            return super().read(size)

    assert refused(lambda: objects.take(plan, name, Overtaken(content), 0, len(content))) == "409 offset"
    objects.commit(plan, name, said["size"], said["sha256"], None)


def test_an_object_that_is_not_whole_or_not_right_or_not_sealed(plan: PlanLine, sender: Sender, centre: Path) -> None:
    from hashlib import sha256

    sender.full()
    name, content, said = sender.thing(1)
    objects.take(plan, name, io.BytesIO(content[:-1]), 0, len(content))
    assert refused(lambda: objects.commit(plan, name, said["size"], said["sha256"], None)) == "409 offset"
    objects.take(plan, name, io.BytesIO(b"\0"), len(content) - 1, len(content))
    assert refused(lambda: objects.commit(plan, name, said["size"], said["sha256"], None)) == "422 digest"
    assert objects.received(plan, name) == (0, False)
    clear = "宛名番号,氏名\n1,甲野　太郎\n".encode()
    objects.take(plan, name, io.BytesIO(clear), 0, len(clear))
    digest = sha256(clear).hexdigest()
    assert refused(lambda: objects.commit(plan, name, len(clear), digest, None)) == "422 plain"
    late = datetime.now(UTC) + 20 * 366 * DAY
    objects.take(plan, name, io.BytesIO(content), 0, len(content))
    assert refused(lambda: objects.commit(plan, name, said["size"], said["sha256"], late)) == "422 retention"
    assert not list(centre.glob("objects/*"))
    for bad in ("../../etc/passwd", "00000001", "x", "00000001-0123456789abcdeg", ".stored"):
        assert refused(lambda bad=bad: objects.take(plan, bad, io.BytesIO(b"x"), 0, 1)) == "404 name"  # type: ignore[misc]


def test_entries_come_in_order_with_their_objects(plan: PlanLine, sender: Sender) -> None:
    sender.full()
    sender.delta()
    assert refused(lambda: take_entry(plan, 1, sender.raw(1))) == "409 gap"
    send(plan, sender, 0)
    assert refused(lambda: take_entry(plan, 1, sender.raw(1))) == "409 object"
    send_object(plan, sender, 1)
    take_entry(plan, 1, sender.raw(1))
    assert refused(lambda: take_entry(plan, 1, sender.raw(2))) == "409 fork"


def test_another_history_is_a_fork_and_an_alarm(plan: PlanLine, sender: Sender, tmp_path: Path) -> None:
    send(plan, sender, 0)
    other = Sender(tmp_path / "other", TOWN_A)
    other.full()
    assert refused(lambda: take_entry(plan, 0, other.raw(0))) == "409 fork"
    assert refused(lambda: take_entry(plan, 1, other.raw(1))) == "409 fork"
    assert alarms() == {"fork"}


def test_only_the_signer_of_the_plan_may_begin(plan: PlanLine, tmp_path: Path) -> None:
    stranger = Sender(tmp_path / "stranger", TOWN_A)
    assert refused(lambda: take_entry(plan, 0, stranger.raw(0))) == "422 signature"
    assert asking.head(plan).number == -1


def test_every_byte_of_an_entry_counts(plan: PlanLine, sender: Sender) -> None:
    send(plan, sender, 0)
    sender.full()
    send_object(plan, sender, 1)
    raw = sender.raw(1)
    for place in range(0, len(raw), 7):
        broken = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        assert refused(lambda broken=broken: take_entry(plan, 1, broken)) in ("422 signature", "409 fork")  # type: ignore[misc]
    assert take_entry(plan, 1, raw).new


def test_the_vault_of_another_municipality_is_refused(plan: PlanLine, sender: Sender, tmp_path: Path) -> None:
    other = Sender(tmp_path / "other", TOWN_B)
    place, signer = str(tmp_path / "x"), other.signer.fingerprint
    services.set_plan(system(), TOWN_A, place=place, signer=signer)
    assert refused(lambda: take_entry(admitted(LINK), 0, other.raw(0))) == "422 municipality"
    assert plan.signer == sender.signer.fingerprint


def test_from_the_future_or_older_than_what_is_here(plan: PlanLine, sender: Sender) -> None:
    now = datetime.now(UTC)
    sender.full(as_of=now - 2 * DAY)
    send(plan, sender, 0, 1)
    sender.full(as_of=now - 3 * DAY)
    send_object(plan, sender, 2)
    assert refused(lambda: take_entry(plan, 2, sender.raw(2))) == "409 rollback"
    assert "rolled_back" in alarms()


@pytest.mark.parametrize("field", ["now", "as_of"])
def test_a_clock_that_runs_ahead(plan: PlanLine, sender: Sender, field: str) -> None:
    send(plan, sender, 0)
    ahead = datetime.now(UTC) + timedelta(minutes=30)
    sender.full(now=ahead if field == "now" else None, as_of=ahead if field == "as_of" else None)
    send_object(plan, sender, 1)
    assert refused(lambda: take_entry(plan, 1, sender.raw(1))) == "422 clock"


def test_a_store_that_was_put_back_takes_nothing_more(plan: PlanLine, sender: Sender, centre: Path) -> None:
    sender.full()
    sender.delta()
    send(plan, sender, 0, 1)
    (centre / "entries" / "00000001.json").unlink()
    send_object(plan, sender, 2)
    assert refused(lambda: take_entry(plan, 2, sender.raw(2))) == "409 rollback"
    assert alarms() == {"rolled_back"}


def test_a_stop_between_store_and_database_is_no_fork(plan: PlanLine, sender: Sender, centre: Path) -> None:
    """The entry's file was written, and the machine stopped before our own copy was."""
    sender.full()
    send(plan, sender, 0)
    send_object(plan, sender, 1)
    (centre / "entries" / "00000001.json").write_bytes(sender.raw(1))
    assert take_entry(plan, 1, sender.raw(1)).new
    assert same(sender.folder, centre)


def test_a_stop_between_the_vault_and_our_note_of_it(plan: PlanLine, sender: Sender, centre: Path) -> None:
    sender.full()
    send(plan, sender, 0)
    name, content, said = sender.thing(1)
    objects.take(plan, name, io.BytesIO(content), 0, len(content))
    (centre / "objects").mkdir()
    (centre / "objects" / name).write_bytes(content)
    objects.commit(plan, name, said["size"], said["sha256"], None)
    assert objects.received(plan, name) == (len(content), True)
    Incoming(TOWN_A).forget(name)  # the note is lost: the bytes themselves are asked
    assert take_entry(plan, 1, sender.raw(1)).new


def test_another_object_of_this_name_is_never_overwritten(plan: PlanLine, sender: Sender, centre: Path) -> None:
    sender.full()
    name, content, said = sender.thing(1)
    (centre / "objects").mkdir(parents=True)
    (centre / "objects" / name).write_bytes(b"YAKUBAV1 another")
    objects.take(plan, name, io.BytesIO(content), 0, len(content))
    assert refused(lambda: objects.commit(plan, name, said["size"], said["sha256"], None)) == "409 taken"
    assert (centre / "objects" / name).read_bytes() == b"YAKUBAV1 another"


def test_what_nobody_goes_on_with_is_dropped(plan: PlanLine, sender: Sender) -> None:
    sender.full()
    name, content, _ = sender.thing(1)
    objects.take(plan, name, io.BytesIO(content[:100]), 0, len(content))
    incoming = Incoming(TOWN_A)
    assert incoming.clean() == 0
    old = time.time() - FORGOTTEN - 1
    os.utime(incoming.part(name), (old, old))
    assert (incoming.clean(), incoming.received(name)) == (1, 0)


def test_only_so_many_at_a_time(plan: PlanLine) -> None:
    for number in range(MOST):
        objects.take(plan, f"00000009-{number:016x}", io.BytesIO(b"x"), 0, 9)
    assert refused(lambda: objects.take(plan, "00000009-" + "f" * 16, io.BytesIO(b"x"), 0, 9)) == "429 many"


def test_the_quota_is_kept(plan: PlanLine, sender: Sender) -> None:
    services.set_plan(system(), TOWN_A, quota_mb=1)
    small = admitted(LINK)
    sender.full()
    send(small, sender, 0, 1)
    name, content, _ = sender.thing(1)
    other = name[:9] + "f" * 16
    full = refused(lambda: objects.take(small, other, io.BytesIO(content), 0, 1 << 20))
    assert (full, plan.quota) == ("507 quota", 100 << 30)


def test_who_is_not_in_a_plan_is_not_let_in() -> None:
    assert refused(lambda: admitted("cd" * 32)) == "403 admission"
    assert refused(lambda: admitted("")) == "403 admission"
    services.set_plan(system(), TOWN_A, paused=True)
    assert refused(lambda: admitted(LINK)) == "403 admission"
