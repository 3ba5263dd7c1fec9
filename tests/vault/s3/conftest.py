"""Object stores for tests: moto, quick and lenient, and a real Ceph. A bucket of its own for every test."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import pytest
from moto.server import ThreadedMotoServer
from tests.vault.s3.ceph import ACCESS, SECRET, Ceph, needed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_s3 import S3Client

_NUMBERS = itertools.count(1)


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCESS)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.fixture(scope="session")
def moto() -> Iterator[str]:
    """Address of a moto server."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(scope="session")
def ceph() -> Iterator[str]:
    """Address of the S3 gateway of a real Ceph."""
    with tempfile.TemporaryDirectory(prefix="yakuba-ceph-", ignore_cleanup_errors=True) as folder:
        server = Ceph(Path(folder))
        yield server.endpoint
        server.stop()


@pytest.fixture(params=["moto", pytest.param("ceph", marks=needed)])
def endpoint(request: pytest.FixtureRequest) -> str:
    """Address of each server in turn."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def client(endpoint: str) -> S3Client:
    """A client with every right that the municipality has: what a thief of its credentials can do.

    In a session of its own: boto3's common one keeps the credentials of whichever test asked first.
    """
    return boto3.session.Session().client("s3", endpoint_url=endpoint)


@pytest.fixture
def locked(endpoint: str, client: S3Client) -> str:
    """A place in a fresh bucket with Object Lock."""
    return f"s3://{_bucket(client, lock=True)}/town?endpoint={endpoint}&region=us-east-1&timeout=20"


@pytest.fixture
def plain(endpoint: str, client: S3Client) -> str:
    """A place in a fresh bucket without versions or locks."""
    return f"s3://{_bucket(client, lock=False)}/town?endpoint={endpoint}&region=us-east-1&timeout=20"


def _bucket(client: S3Client, *, lock: bool) -> str:
    name = f"bucket-{next(_NUMBERS)}"
    client.create_bucket(Bucket=name, ObjectLockEnabledForBucket=lock)
    return name
