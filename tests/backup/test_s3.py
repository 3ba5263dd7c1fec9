"""Both centres in object storage with object lock: copied, compared, locked as long as the entries say.

Oracle: an S3 server of others (moto) says what lies there and until when it is locked.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import boto3
import pytest
from moto.server import ThreadedMotoServer
from tests.backup.vaults import Sender
from tests.world import TOWN_A

from yakuba.backup.copying import copy, differences
from yakuba.kernel.errors import NotProvenError
from yakuba.vault.chain import read_chain
from yakuba.vault.errors import LockedError
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mypy_boto3_s3 import S3Client

    from yakuba.vault.store import Store


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def client(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> S3Client:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    return boto3.session.Session().client("s3", endpoint_url=endpoint)


@pytest.fixture
def second(client: S3Client, endpoint: str, request: pytest.FixtureRequest) -> tuple[str, Store]:
    """A fresh bucket with object lock and the store in it."""
    bucket = "second-" + request.node.name.replace("_", "-").lower()[:40].strip("-")
    client.create_bucket(Bucket=bucket, ObjectLockEnabledForBucket=True)
    return bucket, open_store(f"s3://{bucket}/990019?endpoint={endpoint}&region=us-east-1&timeout=20")


@pytest.fixture
def town(tmp_path: Path) -> Sender:
    made = Sender(tmp_path / "home", TOWN_A)
    made.full()
    made.delta()
    return made


def test_copied_and_locked(town: Sender, client: S3Client, second: tuple[str, Store]) -> None:
    bucket, store = second
    done = copy(town.store, store, town.chain)
    assert (done.objects, done.entries) == (2, (0, 1, 2))
    assert read_chain(store).head == town.chain.head
    assert differences(town.store, store, town.chain) == []
    assert copy(town.store, store, town.chain).objects == 0
    for thing in town.chain.objects:
        key = f"990019/{thing.name}"
        until = client.head_object(Bucket=bucket, Key=key)["ObjectLockRetainUntilDate"]
        assert abs(until - thing.retain_until) < timedelta(minutes=1)
        with pytest.raises(LockedError):
            store.delete(thing.name)
    entry = client.head_object(Bucket=bucket, Key="990019/entries/00000001.json")
    assert entry["ObjectLockRetainUntilDate"] > datetime.now(UTC) + timedelta(days=3600)


def test_what_lies_there_already_is_never_overwritten(
    town: Sender, client: S3Client, second: tuple[str, Store]
) -> None:
    bucket, store = second
    thing = town.chain.objects[0]
    client.put_object(Bucket=bucket, Key=f"990019/{thing.name}", Body=b"YAKUBAV1 another")
    with pytest.raises(NotProvenError, match="第二センター"):
        copy(town.store, store, town.chain)
    assert store.read(thing.name) == b"YAKUBAV1 another"
    assert any(thing.name in one for one in differences(town.store, store, town.chain))
