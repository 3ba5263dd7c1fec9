"""The store in a bucket keeps what `store.protocol.Store` promises, whatever lies over a name.

Oracle: a real Ceph gateway and moto, asked with boto3 by a client that has every right.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from yakuba.cli import main
from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.vault.errors import AlreadyThereError, LockedError, MissingError
from yakuba.vault.store import open_store
from yakuba.vault.store.s3 import S3Store, upload
from yakuba.vault.store.s3.bucket import Bucket, Version
from yakuba.vault.store.s3.place import Place

if TYPE_CHECKING:
    from pathlib import Path

    from mypy_boto3_s3 import S3Client

ENTRY, OBJECT = "entries/00000001.json", "objects/00000001-00112233445566ff"
DAYS = timedelta(days=3)


def later(days: timedelta = DAYS) -> datetime:
    return datetime.now(UTC) + days


def opened(place: str) -> S3Store:
    store = open_store(place)
    assert isinstance(store, S3Store)
    return store


def key(place: str, name: str) -> dict[str, str]:
    read = Place.read(place)
    return {"Bucket": read.bucket, "Key": read.prefix + name}


def test_what_was_put_is_read_in_parts_and_listed(locked: str) -> None:
    store = opened(locked)
    store.put_new(ENTRY, b"one two three")
    store.put_new(OBJECT, b"")
    assert (store.read(ENTRY), store.read(ENTRY, 4, 3), store.read(ENTRY, 8)) == (b"one two three", b"two", b"three")
    assert (store.read(ENTRY, 8, 99), store.read(ENTRY, 99, 1), store.read(ENTRY, 1, 0)) == (b"three", b"", b"")
    assert store.read(OBJECT) == b""
    assert store.size(ENTRY) == 13
    assert (store.names("entries/"), store.names("objects/")) == ([ENTRY], [OBJECT])
    assert store.names("objects/00000002") == []


def test_a_large_file_goes_in_parts_and_is_locked_like_a_small_one(
    locked: str, client: S3Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload, "PART", 5 << 20)
    content = os.urandom((11 << 20) + 7)
    (tmp_path / "large").write_bytes(content)
    store, until = opened(locked), later()
    store.put_new(OBJECT, tmp_path / "large", retain_until=until)
    assert store.size(OBJECT) == len(content)
    assert opened(locked).read(OBJECT, (10 << 20) - 3, 6) == content[(10 << 20) - 3 : (10 << 20) + 3]
    assert opened(locked).read(OBJECT) == content
    kept = client.head_object(**key(locked, OBJECT))  # type: ignore[arg-type]
    assert kept["ObjectLockMode"] == "COMPLIANCE"
    assert abs(kept["ObjectLockRetainUntilDate"] - until) <= timedelta(seconds=1)
    assert client.list_multipart_uploads(Bucket=Place.read(locked).bucket).get("Uploads", []) == []


def test_a_name_is_given_once(locked: str) -> None:
    opened(locked).put_new(ENTRY, b"first")
    with pytest.raises(AlreadyThereError):
        opened(locked).put_new(ENTRY, b"second")
    with pytest.raises(AlreadyThereError):
        opened(locked).put_new(ENTRY, b"first")
    assert opened(locked).read(ENTRY) == b"first"


def test_of_two_writers_that_saw_nothing_the_second_loses(locked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(locked).put_new(ENTRY, b"first")
    seen: list[str] = []
    look = Bucket.look

    def blind(bucket: Bucket, name: str) -> Version | None:
        """The first look finds nothing, as if the other's file came a moment later."""
        seen.append(name)
        return look(bucket, name) if len(seen) > 1 else None

    monkeypatch.setattr(Bucket, "look", blind)
    with pytest.raises(AlreadyThereError):
        opened(locked).put_new(ENTRY, b"second")
    assert len(seen) > 1
    assert opened(locked).read(ENTRY) == b"first"


def test_nothing_is_deleted_within_its_retention(locked: str) -> None:
    store = opened(locked)
    store.put_new(OBJECT, b"kept", retain_until=later())
    store.put_new(ENTRY, b"free")
    with pytest.raises(LockedError):
        store.delete(OBJECT)
    store.delete(ENTRY)
    store.delete(ENTRY)
    assert (store.names("objects/"), store.names("entries/")) == ([OBJECT], [])
    with pytest.raises(MissingError):
        store.read(ENTRY)
    with pytest.raises(MissingError):
        opened(locked).size(ENTRY)


def test_a_thief_with_every_right_hides_and_changes_nothing(locked: str, client: S3Client) -> None:
    opened(locked).put_new(OBJECT, b"true", retain_until=later())
    where = key(locked, OBJECT)
    first = client.head_object(**where)["VersionId"]  # type: ignore[arg-type]
    with pytest.raises(client.exceptions.ClientError):
        client.delete_object(**where, VersionId=first, BypassGovernanceRetention=True)  # type: ignore[arg-type]
    client.put_object(**where, Body=b"false")  # type: ignore[arg-type]
    client.delete_object(**where)  # type: ignore[arg-type]
    again = opened(locked)
    assert again.names("objects/") == [OBJECT]
    assert (again.read(OBJECT), again.size(OBJECT)) == (b"true", 4)
    with pytest.raises(AlreadyThereError):
        again.put_new(OBJECT, b"other")
    with pytest.raises(LockedError):
        again.delete(OBJECT)
    assert opened(locked).read(OBJECT) == b"true"


def test_a_lock_grows_and_never_shrinks(locked: str, client: S3Client) -> None:
    store = opened(locked)
    store.put_new(OBJECT, b"kept", retain_until=later())
    store.keep(OBJECT, later(DAYS * 2))
    store.keep(OBJECT, later())
    until = client.head_object(**key(locked, OBJECT))["ObjectLockRetainUntilDate"]  # type: ignore[arg-type]
    assert until > later(DAYS * 2 - timedelta(minutes=5))


def test_a_retention_that_is_past_tells_of_the_clock(locked: str) -> None:
    with pytest.raises(CannotContinueError, match="clock"):
        opened(locked).put_new(OBJECT, b"x", retain_until=later(-DAYS))
    assert opened(locked).names("objects/") == []


def test_a_bucket_without_lock_says_so(locked: str, plain: str, client: S3Client) -> None:
    assert opened(locked).warnings() == ()
    (told,) = opened(plain).warnings()
    assert "no object lock, no versions" in told
    client.put_bucket_versioning(Bucket=Place.read(plain).bucket, VersioningConfiguration={"Status": "Enabled"})
    (told,) = opened(plain).warnings()
    assert "no object lock:" in told


def test_a_new_vault_in_such_a_bucket_says_so_to_a_person(
    plain: str, client: S3Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client.put_bucket_versioning(Bucket=Place.read(plain).bucket, VersioningConfiguration={"Status": "Enabled"})
    for words in (["init", plain, "--municipality", "990019", "--keys", str(tmp_path / "keys")], ["list", plain]):
        with pytest.raises(SystemExit) as ended:
            main(["vault", *words])
        assert (ended.value.code, "no object lock" in capsys.readouterr().err) == (0, True)


def test_without_versions_a_server_must_refuse_to_overwrite(plain: str, client: S3Client) -> None:
    where = key(plain, "probe")
    client.put_object(**where, Body=b"1")  # type: ignore[arg-type]
    try:
        client.put_object(**where, Body=b"2", IfNoneMatch="*")  # type: ignore[arg-type]
    except client.exceptions.ClientError:
        opened(plain).put_new(ENTRY, b"first", retain_until=later())
        with pytest.raises(AlreadyThereError):
            opened(plain).put_new(ENTRY, b"second")
        assert opened(plain).read(ENTRY) == b"first"
        return
    # This server would let a second writer replace the first one's file.
    with pytest.raises(CannotContinueError, match="no conditional writes"):
        opened(plain).put_new(ENTRY, b"first")


def test_the_clock_is_the_servers(locked: str) -> None:
    assert abs(opened(locked).now() - datetime.now(UTC)) < timedelta(minutes=5)


def test_what_is_wrong_with_the_address_or_the_rights_is_said(
    locked: str, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CannotContinueError, match=r"no such bucket|is not there"):
        open_store(f"s3://nobody-has-this?endpoint={endpoint}&region=us-east-1")
    for wrong in ("s3://", "s3://bucket?endpont=x", "s3://bucket?timeout=soon", "s3://key:secret@bucket"):
        with pytest.raises(UsageError) as told:
            open_store(wrong)
        assert told.value.remedy
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    with pytest.raises(CannotContinueError, match="no credentials"):
        open_store(locked)
