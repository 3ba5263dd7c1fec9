"""The store in a bucket: what `store.protocol.Store` promises, with locks that not even the bucket's owner can open."""

from __future__ import annotations

import secrets
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.town_time import shown
from yakuba.vault.errors import AlreadyThereError, LockedError
from yakuba.vault.store.protocol import checked
from yakuba.vault.store.s3.bucket import Bucket
from yakuba.vault.store.s3.place import Place
from yakuba.vault.store.s3.told import code, told
from yakuba.vault.store.s3.upload import MARK, Upload

if TYPE_CHECKING:
    from pathlib import Path

_CUTS = 4
"""Times that a body may be cut on its way here before it is given up."""
_SECOND = timedelta(seconds=1)
"""Servers keep retention to the second."""


def open_s3(place: str) -> S3Store:
    """The store at s3://bucket/prefix?endpoint=…&region=….

    Raises:
        UsageError: not such a place. CannotContinueError: the bucket does not answer, is not there, may not be read.
    """
    read = Place.read(place)
    with told(place):
        client = read.client()
    return S3Store(Bucket.ask(client, read.bucket), read.prefix)


class S3Store:
    """A vault below one prefix of a bucket."""

    def __init__(self, bucket: Bucket, prefix: str) -> None:
        self.bucket = bucket
        self._prefix = prefix
        self._write_once = bucket.versioned
        """Whether it is known that nobody can take the place of a file: by versions, or tried out."""

    def warnings(self) -> tuple[str, ...]:
        """What this bucket does not protect from, in a person's words; nothing for a locked one."""
        if self.bucket.locked:
            return ()
        lack = "書込みの鍵を盗んだ者が世代を消せます whoever steals the credentials can delete generations"
        if self.bucket.versioned:
            return (f"s3://{self.bucket.name}: Object Lock がありません no object lock: {lack}",)
        return (f"s3://{self.bucket.name}: Object Lock も版管理もありません no object lock, no versions: {lack}",)

    def put_new(self, name: str, source: Path | bytes, *, retain_until: datetime | None = None) -> None:
        """Sent, then looked at: ours is the first version, whole, and locked as long as it was asked for."""
        key = self._key(name)
        if self.bucket.look(key) is not None:
            raise _taken(name)
        until = self._lockable(retain_until)
        upload = Upload(self.bucket.client, self.bucket.name, key, secrets.token_hex(16), until)
        with told(name):
            upload.send(source)
        found = self.bucket.head(self.bucket.look(key) or self.bucket.known(key))
        if found["Metadata"].get(MARK) != upload.mark:
            raise _taken(name)
        if found["ContentLength"] != (len(source) if isinstance(source, bytes) else source.stat().st_size):
            raise CannotContinueError(f"{name}: 途中までしか届いていません stored short", remedy="run again")
        if until is not None:
            self.keep(name, until)  # some servers drop the lock of a file that came in parts
        if not self._write_once:
            self._try_overwriting(name, upload)

    def read(self, name: str, start: int = 0, length: int | None = None) -> bytes:
        """A part of the first version; a body that the line cut is asked for again."""
        from botocore.exceptions import ClientError, HTTPClientError, ResponseStreamingError

        if length == 0:
            return b""
        which = self.bucket.names(self.bucket.known(self._key(name)))
        wanted = f"bytes={start}-{'' if length is None else start + length - 1}"
        with told(name):
            for left in reversed(range(_CUTS)):
                try:
                    body = self.bucket.client.get_object(**which, Range=wanted)["Body"]
                except ClientError as error:
                    if code(error) in {"InvalidRange", "416"}:
                        return b""
                    raise
                with suppress(*(HTTPClientError, ResponseStreamingError) * bool(left)):
                    return body.read()
        raise AssertionError

    def names(self, prefix: str) -> list[str]:
        """Names that have at least one real version, also under a delete marker."""
        return sorted(key.removeprefix(self._prefix) for key in self.bucket.first_of_each(self._prefix + prefix))

    def size(self, name: str) -> int:
        """Bytes of the first version."""
        return self.bucket.known(self._key(name)).size

    def delete(self, name: str) -> None:
        """Every version of it, the oldest first: a locked one refuses before anything is gone."""
        from botocore.exceptions import ClientError

        for version in self.bucket.oldest_first(self._key(name)):
            with told(name):
                try:
                    self.bucket.client.delete_object(**self.bucket.names(version))
                except ClientError as error:
                    until = self.bucket.retained(version)
                    if until is None or until <= self.now():
                        raise
                    remedy = f"{shown(until)} を過ぎてから実行してください wait for the end of its retention"
                    raise LockedError(f"{name}: 保存期間中です within its retention", remedy=remedy) from error
        self.bucket.forget(self._key(name))

    def keep(self, name: str, until: datetime) -> None:
        """Lock the first version at least until then; a longer lock stays, and no lock is ever shortened.

        Raises:
            CannotContinueError: the server does not take the lock.
        """
        version = self.bucket.known(self._key(name))
        if not self.bucket.locked or _reaches(self.bucket.retained(version), until):
            return
        with told(name):
            self.bucket.client.put_object_retention(
                **self.bucket.names(version), Retention={"Mode": "COMPLIANCE", "RetainUntilDate": until}
            )

    def now(self) -> datetime:
        """The Date of the server's answer."""
        place = f"s3://{self.bucket.name}"
        with told(place):
            headers = self.bucket.client.head_bucket(Bucket=self.bucket.name)["ResponseMetadata"]["HTTPHeaders"]
        if "date" not in headers:
            remedy = "中継の設定を確かめてください check the proxy between"
            raise CannotContinueError(f"{place}: 時刻を告げません answers without a Date", remedy=remedy)
        return parsedate_to_datetime(headers["date"]).astimezone(UTC)

    def _key(self, name: str) -> str:
        return self._prefix + checked(name)

    def _lockable(self, until: datetime | None) -> datetime | None:
        """The end of retention to ask for; a bucket without locks gets none."""
        if until is None or not self.bucket.locked:
            return None
        if until <= self.now():
            remedy = "この機械の時計を合わせてください set the clock of this machine"
            raise CannotContinueError("保存期限がもう過ぎています the end of retention is past", remedy=remedy)
        return until

    def _try_overwriting(self, name: str, upload: Upload) -> None:
        """Send the same small file again: a server that takes it would also take another's over ours."""
        if self.size(name) > 1 << 20:
            return
        with told(name):
            taken = upload.send(self.read(name))
        if taken:
            place = f"s3://{self.bucket.name}"
            remedy = "バケットの版管理（versioning）を有効にしてください turn versioning on"
            raise CannotContinueError(f"{place}: 上書きを断りません no conditional writes there", remedy=remedy)
        self._write_once = True


def _reaches(has: datetime | None, until: datetime) -> bool:
    return has is not None and has.astimezone(UTC) + _SECOND >= until


def _taken(name: str) -> AlreadyThereError:
    remedy = "別の書き手が先でした。もう一度実行してください another writer was first: run again"
    return AlreadyThereError(f"{name}: すでにあります is there already", remedy=remedy)
