"""A thief of the municipality's credentials loses it nothing that is within its retention.

Oracle: the feeds that were sent, restored after the thief has done what a client with every right can do. A real Ceph
says what an object lock refuses; moto lets a lock be shortened, so that part is Ceph's alone.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.vault.retention.keeping import Kept, town_at
from tests.vault.s3.ceph import needed
from tests.vault.s3.test_store import key

from yakuba.kernel.errors import CannotContinueError
from yakuba.vault.format.names import entry_name
from yakuba.vault.services.compact import compact
from yakuba.vault.services.policy import Policy
from yakuba.vault.services.prune import prune
from yakuba.vault.services.restore import restore
from yakuba.vault.services.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

    from mypy_boto3_s3 import S3Client

RETAIN = 30
FAR = timedelta(days=365)


@pytest.fixture
def town(locked: str, tmp_path: Path) -> Kept:
    """Three days in a bucket with Object Lock, the last one yesterday."""
    kept = town_at(tmp_path, locked, datetime.now(UTC) - timedelta(days=4))
    for _ in range(3):
        kept.day(retain_days=RETAIN)
    return kept


def versions(client: S3Client, place: str) -> list[dict[str, Any]]:
    where = key(place, "")
    found = client.list_object_versions(Bucket=where["Bucket"], Prefix=where["Key"])
    return [
        {"Bucket": where["Bucket"], "Key": one["Key"], "VersionId": one["VersionId"]}
        for one in [*found.get("Versions", ()), *found.get("DeleteMarkers", ())]
    ]


def robbed(client: S3Client, place: str) -> int:
    """Overwrite and hide every file, delete every version that can be. Returns how many deletions were refused."""
    refused = 0
    there = versions(client, place)
    for name in {one["Key"] for one in there}:
        client.put_object(Bucket=there[0]["Bucket"], Key=name, Body=b"ransom")
        client.delete_object(Bucket=there[0]["Bucket"], Key=name)
    for one in there:
        try:
            client.delete_object(**one, BypassGovernanceRetention=True)
        except client.exceptions.ClientError:
            refused += 1
    return refused


def test_after_deleting_and_overwriting_everything_every_day_restores(town: Kept, client: S3Client) -> None:
    files = len(versions(client, town.place))
    assert robbed(client, town.place) == files == 7
    assert town.all_given()
    assert verify(town.place, identity=town.keys).proven
    town.day(retain_days=RETAIN)
    assert len(town.chain().kept) == 4
    assert town.all_given()


@pytest.mark.parametrize("endpoint", [pytest.param("ceph", marks=needed)], indirect=True)
def test_no_lock_can_be_shortened_or_lifted(town: Kept, client: S3Client) -> None:
    soon = datetime.now(UTC) + timedelta(minutes=5)
    there = versions(client, town.place)
    for one in there:
        for mode in ("COMPLIANCE", "GOVERNANCE"):
            with pytest.raises(client.exceptions.ClientError):
                client.put_object_retention(
                    **one, Retention={"Mode": mode, "RetainUntilDate": soon}, BypassGovernanceRetention=True
                )
    with pytest.raises(client.exceptions.ClientError):
        client.put_bucket_versioning(Bucket=there[0]["Bucket"], VersioningConfiguration={"Status": "Suspended"})
    assert robbed(client, town.place) == len(there)
    assert town.all_given()


def test_the_base_is_locked_as_long_as_what_stands_on_it(town: Kept, client: S3Client) -> None:
    town.day(retain_days=300)
    chain = town.chain()
    for one in chain.layers(chain.kept[-1].number):
        until = client.head_object(**key(town.place, one.name))["ObjectLockRetainUntilDate"]  # type: ignore[arg-type]
        assert until >= chain.kept[-1].retain_until - timedelta(seconds=1)


def test_a_prune_with_the_stolen_key_finds_nothing_to_take(town: Kept) -> None:
    last = Policy(newest=1, daily=0, weekly=0, monthly=0, yearly=0)
    compact(town.place, identity=town.keys, keys=town.keys, work=town.folder / "state", now=town.at())
    done = prune(town.place, last, keys=town.keys, now=datetime.now(UTC) + FAR)
    assert (done.plan.generations, done.deleted) == ((), ())
    assert town.all_given()


def test_a_false_next_entry_stops_writing_but_not_restoring(town: Kept, client: S3Client, tmp_path: Path) -> None:
    """Whoever may write may also get in the way. It is seen at once, and everything before it can be had."""
    last = len(town.chain().entries) - 1
    client.put_object(**key(town.place, entry_name(last + 1)), Body=b"ransom")  # type: ignore[arg-type]
    with pytest.raises(CannotContinueError, match=f"entry {last + 1}"):
        town.day(retain_days=RETAIN)
    assert not verify(town.place).proven
    restored = restore(town.place, identity=town.keys, out=tmp_path / "back", upto=last)
    assert restored.number == last
