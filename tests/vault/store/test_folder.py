"""A folder as a store: written once, whole, durable; deleted only after its retention.

Oracle: `store/protocol.py`, and POSIX for what a power cut leaves (tests/vault/power.py).
"""

from __future__ import annotations

import resource
import shutil
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.vault.power import Disk

from yakuba.kernel.errors import CannotContinueError, NotProvenError, UsageError
from yakuba.vault.errors import AlreadyThereError, LockedError, MissingError
from yakuba.vault.store import open_store
from yakuba.vault.store.folder import FolderStore

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [f"objects/{number:08}-0123456789abcdef" for number in range(4)]


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "far" / "vault")


def test_what_is_put_is_read_in_parts(store: FolderStore, tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(bytes(range(256)) * 9000)
    store.put_new(NAMES[1], tmp_path / "plain")
    store.put_new(NAMES[0], b"short")
    assert store.read(NAMES[1]) == (tmp_path / "plain").read_bytes()
    assert store.read(NAMES[1], 255, 2) == b"\xff\x00"
    assert store.read(NAMES[0], 3, 99) == b"rt"
    assert store.names("objects/") == NAMES[:2]
    assert store.names("objects/00000001") == NAMES[1:2]
    assert store.names("entries/") == []
    assert store.size(NAMES[0]) == 5


def test_a_name_is_taken_once(store: FolderStore) -> None:
    store.put_new(NAMES[0], b"first")
    with pytest.raises(AlreadyThereError, match="run again"):
        store.put_new(NAMES[0], b"other")
    assert store.read(NAMES[0]) == b"first"


def test_of_many_writers_one_gets_the_name(store: FolderStore) -> None:
    store.put_new("entries/00000000.json", b"")
    start, won = threading.Barrier(8), list[bytes]()

    def write(content: bytes) -> None:
        start.wait()
        try:
            store.put_new("entries/00000001.json", content * 50_000)
        except AlreadyThereError:
            return
        won.append(content * 50_000)

    writers = [threading.Thread(target=write, args=(bytes([65 + at]),)) for at in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert won == [store.read("entries/00000001.json")]


@pytest.mark.parametrize("verb", ["read", "size"])
def test_what_is_not_there(store: FolderStore, verb: str) -> None:
    with pytest.raises(MissingError, match="not there"):
        getattr(store, verb)(NAMES[0])
    store.delete(NAMES[0])


@pytest.mark.parametrize("name", ["objects/../../etc/passwd", "/etc/passwd", "objects/", "objects/.x", "a/b/c", "x"])
def test_no_name_leads_out(store: FolderStore, name: str) -> None:
    for verb in (store.read, store.size, store.delete, lambda name: store.put_new(name, b"")):
        with pytest.raises(NotProvenError):
            verb(name)


def test_what_is_no_place(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="s3://bucket"):
        open_store("https://example.jp/vault")
    (tmp_path / "file").write_bytes(b"")
    store = open_store(str(tmp_path / "file"))
    with pytest.raises(CannotContinueError, match="check rights"):
        store.names("entries/")
    with pytest.raises(CannotContinueError, match="check rights"):
        store.put_new(NAMES[0], b"")


def test_retention_is_kept(store: FolderStore) -> None:
    now = datetime.now(UTC)
    store.put_new(NAMES[0], b"kept", retain_until=now + timedelta(days=1))
    store.put_new(NAMES[1], b"over", retain_until=now - timedelta(seconds=5))
    with pytest.raises(LockedError, match="retention"):
        store.delete(NAMES[0])
    store.delete(NAMES[1])
    assert store.names("objects/") == NAMES[:1]
    next(path for path in (store._root / "locks").iterdir()).write_text("soon", encoding="ascii")
    with pytest.raises(LockedError, match="unreadable"):
        store.delete(NAMES[0])


def test_a_retention_grows_and_never_shrinks(store: FolderStore) -> None:
    now = datetime.now(UTC)
    store.put_new(NAMES[0], b"kept", retain_until=now - timedelta(seconds=5))
    store.keep(NAMES[0], now + timedelta(days=2))
    store.keep(NAMES[0], now - timedelta(days=2))
    with pytest.raises(LockedError):
        store.delete(NAMES[0])


def test_only_its_owner_reads_it(store: FolderStore) -> None:
    store.put_new(NAMES[0], b"x")
    assert (store._root / NAMES[0]).stat().st_mode & 0o077 == 0
    assert store._root.stat().st_mode & 0o077 == 0


def test_the_clock_is_the_file_systems(store: FolderStore) -> None:
    store.put_new(NAMES[0], b"x")
    assert abs(store.now() - datetime.now(UTC)) < timedelta(minutes=1)
    assert list((store._root / ".incoming").iterdir()) == []


def test_a_disk_that_takes_no_more_leaves_nothing(store: FolderStore, tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(bytes(3 << 20))
    store.put_new(NAMES[0], b"before")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, hard))
    try:
        with pytest.raises(CannotContinueError, match="free space"):
            store.put_new(NAMES[1], tmp_path / "large")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert store.names("objects/") == NAMES[:1]
    assert list((store._root / ".incoming").iterdir()) == []
    store.put_new(NAMES[1], tmp_path / "large")
    assert store.size(NAMES[1]) == 3 << 20


def test_the_power_may_go_between_any_two_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "disk"
    root.mkdir()
    content = {name: name.encode() * 30_000 for name in NAMES}
    put, moments = list[str](), 0

    def look() -> None:
        nonlocal moments
        moments += 1
        for world in disk.worlds(tmp_path / "world"):
            after = open_store(str(world / "vault"))
            there = after.names("objects/")
            assert set(put) <= set(there), "what was put is lost"
            assert all(after.read(name) == content[name] for name in there), "half a file has its name"
        shutil.rmtree(tmp_path / "world")

    disk = Disk(root, monkeypatch, look)
    store = open_store(str(root / "vault"))
    for name in NAMES:
        store.put_new(name, content[name], retain_until=datetime.now(UTC))
        put.append(name)
    assert moments > 8 * len(NAMES)


def test_a_store_that_does_not_sync_its_folder_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oracle above can fail."""
    root = tmp_path / "disk"
    root.mkdir()
    disk = Disk(root, monkeypatch, lambda: None)
    monkeypatch.setattr("yakuba.vault.store.durable.sync_folder", lambda _: None)
    open_store(str(root / "vault")).put_new(NAMES[0], b"x")
    synced = next(disk.worlds(tmp_path / "world"))
    assert open_store(str(synced / "vault")).names("objects/") == []
