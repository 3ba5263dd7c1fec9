"""Whoever holds the stored bytes, and no key, can destroy them, but not make anyone believe others.

Oracle: the attacker's own list of what he did. Each attack has to be found by verify, without and with an identity, and
by the restore of what it touches; what it does not touch still comes back; every message says what to do.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.vault.hall import FIRST, Hall, small_town

from yakuba.kernel.errors import NotProvenError
from yakuba.vault.appending import append
from yakuba.vault.chain import read_chain
from yakuba.vault.keys import make_keys, open_signer
from yakuba.vault.services.restore import restore
from yakuba.vault.services.verify import verify
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def copy(three_days: Hall, tmp_path: Path) -> Hall:
    """The hall of three days, for an attacker."""
    shutil.copytree(three_days.folder, tmp_path / "hall")
    return replace(three_days, folder=tmp_path / "hall")


def thing(hall: Hall, number: int) -> Path:
    (found,) = (hall.folder / "vault/objects").glob(f"{number:08}-*")
    return found


def _cut(hall: Hall) -> None:
    thing(hall, 2).write_bytes(thing(hall, 2).read_bytes()[:100_000])


def _longer(hall: Hall) -> None:
    thing(hall, 2).write_bytes(thing(hall, 2).read_bytes() + b"\0")


def _empty(hall: Hall) -> None:
    thing(hall, 2).write_bytes(b"")


def _replayed(hall: Hall) -> None:
    thing(hall, 2).write_bytes(thing(hall, 3).read_bytes())


def _last_byte(hall: Hall) -> None:
    raw = bytearray(thing(hall, 2).read_bytes())
    raw[-1] ^= 1
    thing(hall, 2).write_bytes(raw)


def _gone(hall: Hall) -> None:
    thing(hall, 2).unlink()


def _of_another(hall: Hall) -> None:
    """The object of the same keys' vault for another 団体, at the same place of its chain."""
    other = Hall(hall.folder.parent / "other", "990027")
    shutil.copytree(hall.keys, other.keys)
    other.opened().days(2)
    thing(hall, 2).write_bytes(thing(other, 2).read_bytes())


@pytest.mark.parametrize("attack", [_cut, _longer, _empty, _replayed, _last_byte, _gone, _of_another])
def test_a_changed_object_is_found(copy: Hall, attack: Callable[[Hall], None]) -> None:
    attack(copy)
    for identity in (None, copy.keys):
        verdict = verify(copy.place, identity=identity)
        assert not verdict.proven
        assert {one.file for one in verdict.findings} == {f"objects/{thing_name(copy)}"}
        assert all("second copy" in one.en and "第二の写し" in one.ja for one in verdict.findings)
    for number in (2, 3):
        with pytest.raises(NotProvenError, match=r"generation 2 .*→ .*(second c|copy)"):
            copy.restored(number)
    assert not list(copy.folder.glob("restored-*"))
    assert copy.restored(1) == copy.expected(1)


def thing_name(hall: Hall) -> str:
    return next(one.name.split("/")[1] for one in read_chain(open_store(hall.place)).objects if one.entry == 2)


def test_two_objects_change_places(copy: Hall) -> None:
    one, other = thing(copy, 1).read_bytes(), thing(copy, 3).read_bytes()
    thing(copy, 1).write_bytes(other)
    thing(copy, 3).write_bytes(one)
    assert {found.code for found in verify(copy.place).findings} == {"changed"}
    for number in (1, 2, 3):
        with pytest.raises(NotProvenError):
            copy.restored(number)


def test_a_damaged_entry_closes_what_follows_and_nothing_before(copy: Hall) -> None:
    entry = copy.folder / "vault/entries/00000002.json"
    entry.write_bytes(entry.read_bytes().replace(b"delta", b"datle", 1))
    verdict = verify(copy.place, identity=copy.keys)
    assert [(one.code, one.file) for one in verdict.findings if one.code == "chain"] == [
        ("chain", "entries/00000002.json")
    ]  # fmt: skip
    with pytest.raises(NotProvenError, match=r"entry 2.*--upto"):
        copy.restored(1)
    assert copy.restored(1, upto=1) == copy.expected(1)


def test_an_entry_is_missing(copy: Hall) -> None:
    (copy.folder / "vault/entries/00000002.json").unlink()
    assert "missing" in {one.code for one in verify(copy.place).findings}
    with pytest.raises(NotProvenError, match="entry 2"):
        copy.restored()


def test_an_older_state_is_put_back(copy: Hall) -> None:
    """The chain holds: only who remembers how far it went can tell."""
    head = read_chain(open_store(copy.place)).head
    thing(copy, 3).unlink()
    (copy.folder / "vault/entries/00000003.json").unlink()
    assert verify(copy.place).proven
    assert {one.code for one in verify(copy.place, expect_head=head).findings} == {"rolled_back"}
    before = sorted(path.name for path in (copy.folder / "vault/objects").iterdir())
    with pytest.raises(NotProvenError, match=r"rolled back.*second copy"):
        copy.backup(small_town(4))
    assert sorted(path.name for path in (copy.folder / "vault/objects").iterdir()) == before


def test_another_vault_in_its_place_gets_nothing(copy: Hall, tmp_path: Path) -> None:
    """Whoever puts a vault of his own there, with his own recipient, would otherwise receive the town."""
    forged = Hall(tmp_path / "forged").opened().days(1)
    shutil.rmtree(copy.folder / "vault")
    shutil.copytree(forged.folder / "vault", copy.folder / "vault")
    with pytest.raises(NotProvenError, match="another vault"):
        copy.backup(small_town(4))
    shutil.rmtree(copy.folder / "state")
    with pytest.raises(NotProvenError, match="other keys"):
        copy.backup(small_town(4))


def test_a_wholly_forged_vault_has_another_signer(copy: Hall, tmp_path: Path) -> None:
    forged = Hall(tmp_path / "forged").opened().days(1)
    true = read_chain(open_store(copy.place)).entries[0].fields["signer"]
    verdict = verify(forged.place, identity=forged.keys, signer=true)
    assert {one.code for one in verdict.findings} == {"signer"}
    with pytest.raises(NotProvenError, match="fingerprint"):
        restore(forged.place, identity=forged.keys, out=tmp_path / "out", signer=true)
    assert copy.restored(signer=true) == copy.expected(3)


def test_a_stolen_signer_cannot_make_the_town_seal_to_a_stranger(copy: Hall, tmp_path: Path) -> None:
    thief = make_keys(tmp_path / "thief")
    store, key = open_store(copy.place), open_signer(copy.keys)
    fields = {"signers": [key.public], "recipients": [thief.recipient], "sealed_keys": {}}
    append(store, read_chain(store), "keys", fields, key, FIRST + timedelta(days=4))
    with pytest.raises(NotProvenError, match=r"our own recipient.*keys show"):
        copy.backup(small_town(4), day=5)
    (copy.keys / "recipient.txt").unlink()
    assert copy.backup(small_town(4), day=5).number == 5


def test_a_generation_from_the_future_is_told(copy: Hall) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    made = copy.backup(small_town(4), as_of=tomorrow, now=tomorrow)
    found = [one for one in verify(copy.place, identity=copy.keys).findings if one.code == "future"]
    assert [one.file for one in found] == ["entries/00000004.json"]
    assert "clock" in found[0].en
    restored = restore(copy.place, made.number, identity=copy.keys, out=copy.folder / "out")
    assert len(restored.warnings) == 1
    assert "future" in restored.warnings[0]


def test_dates_that_run_backwards_are_told(copy: Hall) -> None:
    copy.backup(small_town(4), as_of=FIRST + timedelta(days=4), now=FIRST + timedelta(days=30))
    copy.backup(small_town(5), as_of=FIRST + timedelta(days=5), now=FIRST + timedelta(days=6))
    verdict = verify(copy.place)
    assert [(one.code, one.file) for one in verdict.findings] == [("time_backwards", "entries/00000005.json")]
    assert verdict.proven


def test_an_insiders_content_of_another_moment(copy: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clear words of an entry, by which a day is chosen, have to be those that were sealed."""
    monkeypatch.setattr("yakuba.vault.services.backup.stamp", lambda _: "2025-12-24T00:00:00Z")
    made = copy.backup(small_town(4))
    monkeypatch.undo()
    with pytest.raises(NotProvenError, match="another 団体 or moment"):
        copy.restored(made.number)


def test_files_of_nobody_are_told_and_harm_nothing(copy: Hall) -> None:
    (copy.folder / "vault/objects/00000004-0123456789abcdef").write_bytes(b"left")
    (copy.folder / "vault/entries/Thumbs.db").write_bytes(b"x")
    verdict = verify(copy.place, identity=copy.keys)
    assert {one.code for one in verdict.findings} == {"orphan", "stray"}
    assert verdict.proven
    assert verdict.rows == sum(len(table.rows) for table in copy.towns[3].values())
