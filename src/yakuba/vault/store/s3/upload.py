"""Sending one file: small ones in one request, large ones in parts. Every request carries the SHA-256 of its bytes.

A request that the line cut may have arrived. So each upload carries a random mark of its own, by which the sender
knows its file again when the server says that there is one already.
"""

from __future__ import annotations

import base64
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from yakuba.vault.store.s3.told import code

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef

MARK = "yakuba-put"
"""Name of the mark in the file's metadata."""

PART = 16 << 20
"""Bytes of a part; a file up to this size goes in one request."""

_MOST_PARTS = 9_000
_STALE = timedelta(days=2)
"""Age at which an upload in parts is nobody's any more."""
_TAKEN = {"PreconditionFailed", "ConditionalRequestConflict", "412", "409", "NoSuchUpload"}
"""Answers after which one has to look whose file is there; the last when the answer to "that was all" got lost."""


@dataclass(frozen=True)
class Upload:
    """One file on its way.

    Attributes:
        mark: random; in the metadata of what is stored.
        retain_until: until then nobody may delete it, the bucket's owner included; None where there is no lock.
    """

    client: S3Client
    bucket: str
    key: str
    mark: str
    retain_until: datetime | None

    def send(self, source: Path | bytes) -> bool:
        """Store the bytes unless the name is taken.

        Returns:
            Whether the server took them. One that knows no conditional writes always does, and an answer can get
            lost: so the caller has to look whose version is the first.

        Raises:
            ClientError, BotoCoreError: as botocore tells it. No parts are left behind, as far as the line allows.
        """
        from botocore.exceptions import ClientError

        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        try:
            if size <= PART:
                self._whole(source if isinstance(source, bytes) else source.read_bytes())
            else:
                self._in_parts(source, max(PART, -(-size // _MOST_PARTS)))
        except ClientError as error:
            if code(error) not in _TAKEN:
                raise
            return False
        return True

    def _kept(self) -> dict[str, Any]:
        kept: dict[str, Any] = {"Metadata": {MARK: self.mark}, "ChecksumAlgorithm": "SHA256"}
        if self.retain_until is not None:
            kept |= {"ObjectLockMode": "COMPLIANCE", "ObjectLockRetainUntilDate": self.retain_until}
        return kept

    def _whole(self, content: bytes) -> None:
        self.client.put_object(
            Bucket=self.bucket,
            Key=self.key,
            Body=content,
            ChecksumSHA256=_sum(content),
            IfNoneMatch="*",
            **self._kept(),
        )

    def _in_parts(self, source: Path | bytes, part: int) -> None:
        from botocore.exceptions import BotoCoreError, ClientError

        begun = self.client.create_multipart_upload(Bucket=self.bucket, Key=self.key, **self._kept())
        where: dict[str, Any] = {"Bucket": self.bucket, "Key": self.key, "UploadId": begun["UploadId"]}
        try:
            done: list[CompletedPartTypeDef] = []
            for number, content in enumerate(_parts(source, part), start=1):
                check = _sum(content)
                sent = self.client.upload_part(**where, PartNumber=number, Body=content, ChecksumSHA256=check)
                done.append({"PartNumber": number, "ETag": sent["ETag"], "ChecksumSHA256": check})
            self.client.complete_multipart_upload(**where, MultipartUpload={"Parts": done}, IfNoneMatch="*")
        finally:
            with suppress(ClientError, BotoCoreError):
                self._sweep()

    def _sweep(self) -> None:
        """Parts lying about cost money and nobody sees them: ours, if any are left, and whatever nobody finished."""
        folder = self.key.rpartition("/")[0]
        found = self.client.list_multipart_uploads(Bucket=self.bucket, Prefix=f"{folder}/").get("Uploads", [])
        for one in found:
            if one["Key"] == self.key or datetime.now(UTC) - one["Initiated"] > _STALE:
                self.client.abort_multipart_upload(Bucket=self.bucket, Key=one["Key"], UploadId=one["UploadId"])


def _parts(source: Path | bytes, size: int) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield from (source[start : start + size] for start in range(0, len(source), size))
        return
    with source.open("rb") as stream:
        while content := stream.read(size):
            yield content


def _sum(content: bytes) -> str:
    return base64.b64encode(sha256(content).digest()).decode("ascii")
