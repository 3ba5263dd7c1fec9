"""A file is stored whole or not at all over any line, and a read is whole or refused.

Oracle: the store itself, asked over a good line afterwards, with a real Ceph gateway and moto behind the bad one.
"""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from tests.figures import FIGURES
from tests.vault.s3.line import FAULTS, Line
from tests.vault.s3.test_store import OBJECT, key, opened

from yakuba.kernel.errors import CannotContinueError
from yakuba.vault.store.s3 import place as places
from yakuba.vault.store.s3 import upload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mypy_boto3_s3 import S3Client

    from yakuba.vault.store.s3 import S3Store

TIMEOUT = 0.4
PART = 5 << 20
QUICK = [fault for fault in FAULTS if fault != "silence"]


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client's pauses between two attempts take no time here."""
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=lambda _: None, time=time.time))
    monkeypatch.setattr(upload, "PART", PART)


@pytest.fixture
def line(endpoint: str) -> Iterator[Line]:
    proxy = Line(endpoint, late=TIMEOUT * 2)
    yield proxy
    proxy.stop()


def through(line: Line, place: str, endpoint: str) -> S3Store:
    return opened(place.replace(endpoint, line.endpoint).replace("timeout=20", f"timeout={TIMEOUT * 20}"))


def requests_of(line: Line, work: Callable[[], None]) -> int:
    """How many requests a piece of work makes over a good line."""
    before = len(line.requests)
    work()
    return len(line.requests) - before


def spoiled_at(line: Line, at: int, fault: str) -> None:
    begin = len(line.requests)
    line.spoil = lambda number: fault if number - begin == at else ""


def refusal(store: S3Store, name: str, content: bytes, until: datetime) -> str:
    """What a person reads when the file is not stored; "" when it is."""
    try:
        store.put_new(name, content, retain_until=until)
    except CannotContinueError as error:
        return error.remedy
    return ""


def in_parts(client: S3Client, place: str) -> list[object]:
    return list(client.list_multipart_uploads(Bucket=key(place, "")["Bucket"]).get("Uploads", []))


@pytest.mark.parametrize("size", [100, PART + 100], ids=["small", "in parts"])
def test_any_one_request_of_storing_may_be_spoiled_in_any_way(
    size: int, line: Line, locked: str, endpoint: str, client: S3Client, record_property: Callable[[str, object], None]
) -> None:
    content, until = os.urandom(size), datetime.now(UTC) + timedelta(days=2)
    names = (f"objects/00000001-{number:016x}" for number in range(10_000))
    far, near = through(line, locked, endpoint), opened(locked)
    steps = requests_of(line, lambda: far.put_new(next(names), content, retain_until=until))
    stored = refused = 0
    faults = [(at, fault) for at in range(steps) for fault in QUICK]
    for at, fault in faults if size < PART else faults[::9]:
        name = next(names)
        spoiled_at(line, at, fault)
        why = refusal(far, name, content, until)
        stored, refused = stored + (not why), refused + bool(why)
        if not why:
            kept = client.head_object(**key(locked, name))  # type: ignore[arg-type]
            assert kept["ObjectLockMode"] == "COMPLIANCE"
        if near.names(name):
            assert near.read(name) == content
    assert in_parts(client, locked) == []
    record_property(FIGURES, f"s3 storing, {size} bytes, {stored + refused} spoiled requests: "
                             f"{stored} stored at once, {refused} refused with a remedy, 0 half stored")  # fmt: skip
    assert stored >= refused


@pytest.mark.parametrize("fault", QUICK)
def test_a_read_is_whole_or_tried_again(fault: str, line: Line, locked: str, endpoint: str) -> None:
    content = os.urandom(3 << 20)
    opened(locked).put_new(OBJECT, content)
    far = through(line, locked, endpoint)
    assert far.names("objects/") == [OBJECT]
    spoiled_at(line, 0, fault)
    assert far.read(OBJECT) == content


@pytest.mark.parametrize("fault", ["503", "short answer", "silence"])
def test_a_line_that_stays_bad_ends_with_a_sentence(
    fault: str, line: Line, locked: str, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_ATTEMPTS", 2)
    opened(locked).put_new(OBJECT, b"content")
    far = opened(locked.replace(endpoint, line.endpoint).replace("timeout=20", f"timeout={TIMEOUT}"))
    assert far.size(OBJECT) == 7
    line.spoil = lambda _: fault
    for work in (lambda: far.read(OBJECT), lambda: far.put_new("objects/00000002-00112233445566ff", b"x")):
        with pytest.raises(CannotContinueError) as told:
            work()
        assert told.value.remedy
    assert opened(locked).names("objects/") == [OBJECT]


def test_a_server_that_is_not_there_is_not_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_ATTEMPTS", 2)
    with pytest.raises(CannotContinueError, match="not reached"):
        opened("s3://bucket/town?endpoint=http://127.0.0.1:9&region=x&timeout=1")
