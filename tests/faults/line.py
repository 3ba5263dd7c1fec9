"""A work on a vault in object storage, over a line that spoils any one of its requests in any way."""

from __future__ import annotations

import itertools
import os
import random
import shutil
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING
from unittest import mock

import boto3
from moto.server import ThreadedMotoServer
from tests.faults.table import WORKS, prepared
from tests.faults.town import says_what_to_do
from tests.vault.s3.line import FAULTS, Line

from yakuba.kernel.errors import CannotContinueError
from yakuba.vault.store.s3.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.town import Town

_NUMBERS = itertools.count()
_SILENCE = 1.5
"""Seconds after which a request is given up; a silent server takes longer."""
_ACCOUNT = {
    "AWS_ACCESS_KEY_ID": "town", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}  # fmt: skip


@dataclass
class Spoiled:
    """What came of spoiled requests. `ends`: works that ended each way, by fault."""

    work: str
    seed: int
    requests: int
    ends: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        """One line for people."""
        ways = ", ".join(f"{count} {way}" for way, count in sorted(self.ends.items()))
        every = f"{self.requests * len(FAULTS)} ({self.requests} requests, {len(FAULTS)} faults)"
        times = f"{self.ends.total()} times of {every}, seed {self.seed}"
        return f"object storage, {self.work:<10} with one request spoiled, {times}: {ways}; 0 lost, 0 wrong"


@contextmanager
def server() -> Iterator[str]:
    """Address of an object store."""
    moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    with mock.patch.dict(os.environ, _ACCOUNT):
        moto.start()
        try:
            yield "http://{}:{}".format(*moto.get_host_and_port())
        finally:
            moto.stop()


def spoil(work: str, times: int, seed: int, endpoint: str, folder: Path) -> Spoiled:
    """Do a work over and over, each time with another request spoiled in another way.

    Args:
        times: so many pairs of request and fault, drawn by chance.

    Raises:
        AssertionError: something was lost, wrong, told without a remedy, or could not be done again.
    """
    base, line = prepared(work, folder), Line(endpoint, late=_SILENCE * 2)
    # The client's pauses between two attempts take no time here.
    with mock.patch("botocore.endpoint.time", SimpleNamespace(sleep=lambda _: None, time=time.time)):
        try:
            spoiled = Spoiled(work, seed, _over(work, _uploaded(base, endpoint, folder / "whole"), line, -1, "")[0])
            pairs = list(itertools.product(range(spoiled.requests), FAULTS))
            chance = random.Random(seed)  # noqa: S311 - moments, no secrets
            for at, fault in chance.sample(pairs, min(times, len(pairs))):
                town = _uploaded(base, endpoint, folder / f"{at}-{fault}")
                spoiled.ends[_end(work, town, line, at, fault)] += 1
        finally:
            line.stop()
    return spoiled


def _end(work: str, town: Town, line: Line, at: int, fault: str) -> str:
    _, told = _over(work, town, line, at, fault)
    found = _downloaded(town)
    WORKS[work].unharmed(found)
    assert told or WORKS[work].done(found), f"{work}, request {at}, {fault}: was said to be done, and was not"
    WORKS[work].run(town)
    found = _downloaded(town)
    WORKS[work].unharmed(found)
    assert WORKS[work].done(found), f"{work}, request {at}, {fault}: was not done when it was done again"
    return f"{fault}: {'told what to do' if told else 'done'}"


def _over(work: str, town: Town, line: Line, at: int, fault: str) -> tuple[int, str]:
    """Do it over the line; how many requests it took, and what a person was told."""
    first = len(line.requests)
    line.spoil = lambda number: fault if number - first == at else ""
    place = town.vault.replace(line.upstream.geturl(), line.endpoint)
    try:
        WORKS[work].run(replace(town, remote=f"{place}&timeout={_SILENCE}"))
    except CannotContinueError as error:
        says_what_to_do(error, f"{work}, request {at}, {fault}")
        return len(line.requests) - first, str(error)
    return len(line.requests) - first, ""


def _uploaded(base: Town, endpoint: str, disk: Path) -> Town:
    """The town with its vault in a bucket of its own."""
    town, bucket = base.copy(disk), f"town-{next(_NUMBERS)}"
    client = boto3.session.Session().client("s3", endpoint_url=endpoint)
    client.create_bucket(Bucket=bucket, ObjectLockEnabledForBucket=True)
    for file in _files(Path(town.vault)):
        client.put_object(Bucket=bucket, Key=f"{file.parent.name}/{file.name}", Body=file.read_bytes())
    shutil.rmtree(town.vault)
    return replace(town, remote=f"s3://{bucket}?endpoint={endpoint}&region=us-east-1")


def _downloaded(town: Town) -> Town:
    """The town with what lies in the bucket, as the server lists it, in a folder."""
    place, local = Place.read(town.remote), replace(town, remote="")
    shutil.rmtree(local.vault, ignore_errors=True)
    client = boto3.session.Session().client("s3", endpoint_url=place.endpoint)
    for one in client.list_objects_v2(Bucket=place.bucket)["Contents"]:
        file = Path(local.vault, one["Key"])
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(client.get_object(Bucket=place.bucket, Key=one["Key"])["Body"].read())
    return local


def _files(vault: Path) -> list[Path]:
    return [file for folder in ("entries", "objects") for file in sorted((vault / folder).iterdir())]
