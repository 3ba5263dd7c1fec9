"""The bucket: what it does by itself, and which version of a name counts.

Everything in a vault is written once. So whoever overwrites a name or puts a delete marker on it (stolen credentials,
a second writer at a server without conditional writes) changes nothing: readers and writers take the oldest version.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from yakuba.vault.errors import MissingError
from yakuba.vault.store.s3.told import code, told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mypy_boto3_s3 import S3Client


@dataclass(frozen=True)
class Version:
    """One version of a key; `id` is "" in a bucket without versions, `marker` a delete marker."""

    key: str
    id: str
    size: int
    written_at: datetime
    marker: bool = False


@dataclass(frozen=True)
class Bucket:
    """A bucket and a client for it.

    Attributes:
        versioned: an overwritten or deleted file can be read on.
        locked: it can refuse to delete a file within its retention (Object Lock).
    """

    client: S3Client
    name: str
    versioned: bool
    locked: bool
    _first: dict[str, Version] = field(default_factory=dict)

    @classmethod
    def ask(cls, client: S3Client, name: str) -> Self:
        """The bucket with its own settings.

        Raises:
            CannotContinueError: no such bucket, no right to ask, not reached.
        """
        from botocore.exceptions import ClientError

        locked = False
        with told(f"s3://{name}"):
            client.head_bucket(Bucket=name)
            versioned = client.get_bucket_versioning(Bucket=name).get("Status") is not None
            try:
                found = client.get_object_lock_configuration(Bucket=name)["ObjectLockConfiguration"]
                locked = found.get("ObjectLockEnabled") == "Enabled"
            except ClientError as error:
                if code(error) not in {"ObjectLockConfigurationNotFoundError", "NotImplemented"}:
                    raise
        return cls(client, name, versioned, locked)

    def versions(self, prefix: str) -> Iterator[Version]:
        """All versions below a prefix, by key; of one key the newest first."""
        with told(f"s3://{self.name}/{prefix}"):
            if not self.versioned:
                for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=prefix):
                    for one in page.get("Contents", ()):
                        yield Version(one["Key"], "", one["Size"], one["LastModified"])
                return
            for found in self.client.get_paginator("list_object_versions").paginate(Bucket=self.name, Prefix=prefix):
                for real in found.get("Versions", ()):
                    yield Version(real["Key"], real["VersionId"], real["Size"], real["LastModified"])
                for marker in found.get("DeleteMarkers", ()):
                    yield Version(marker["Key"], marker["VersionId"], 0, marker["LastModified"], marker=True)

    def oldest_first(self, key: str) -> list[Version]:
        """Every version of one key, delete markers last. Of two within the clock's grain the later listed is older."""
        found = [one for one in self.versions(key) if one.key == key]
        found.reverse()
        return sorted(found, key=lambda one: (one.marker, one.written_at))

    def first_of_each(self, prefix: str) -> dict[str, Version]:
        """The oldest real version of each key below a prefix."""
        first: dict[str, Version] = {}
        for one in self.versions(prefix):
            if not one.marker and (one.key not in first or one.written_at <= first[one.key].written_at):
                first[one.key] = one
        self._first.update(first)
        return first

    def look(self, key: str) -> Version | None:
        """The version of a key that counts, asked for now; None when there is none."""
        self._first.pop(key, None)
        return self.first_of_each(key).get(key)

    def known(self, key: str) -> Version:
        """The version of a key that counts; once seen it stays, so it is asked for once.

        Raises:
            MissingError: there is none.
        """
        first = self._first.get(key) or self.look(key)
        if first is None:
            remedy = "場所を確かめるか、写しから戻してください check the place, or put its copy back"
            raise MissingError(f"{key}: ありません is not there", remedy=remedy)
        return first

    def forget(self, key: str) -> None:
        """A key was deleted."""
        self._first.pop(key, None)

    def names(self, version: Version) -> dict[str, Any]:
        """How a request names a version."""
        return {"Bucket": self.name, "Key": version.key, **({"VersionId": version.id} if version.id else {})}

    def head(self, version: Version) -> dict[str, Any]:
        """Metadata, size and retention of a version."""
        with told(version.key):
            return dict(self.client.head_object(**self.names(version)))

    def retained(self, version: Version) -> datetime | None:
        """Until when a version is locked; None when it is not."""
        until: datetime | None = None if version.marker else self.head(version).get("ObjectLockRetainUntilDate")
        return until
