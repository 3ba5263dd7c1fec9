"""The words of a place in object storage, and the client that speaks to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qsl, urlsplit

from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from botocore.loaders import Loader
    from mypy_boto3_s3 import S3Client

_SETTINGS = {"endpoint", "region", "timeout"}
_EXAMPLE = "write s3://bucket/folder?endpoint=https://s3.example.jp&region=jp-east-1"
_ATTEMPTS = 5
_CONNECT = 10
"""Seconds for a connection; the seconds for an answer are `timeout` of the place."""


@dataclass(frozen=True)
class Place:
    """s3://bucket/prefix?endpoint=…&region=…&timeout=….

    Attributes:
        prefix: "" or a folder with a slash at its end.
        endpoint: address of the server; "" is Amazon's own for the region.
        timeout: seconds of silence after which a request is given up and tried again.
    """

    bucket: str
    prefix: str
    endpoint: str
    region: str
    timeout: float

    @classmethod
    def read(cls, place: str) -> Self:
        """A place as it is written on the command line.

        Raises:
            UsageError: no bucket, an unknown setting, or secrets in the address.
        """
        parts = urlsplit(place)
        settings = dict(parse_qsl(parts.query, keep_blank_values=True))
        if parts.username or parts.password or "@" in parts.netloc:
            raise UsageError(
                "保管庫の場所に合い言葉を書かないでください no secrets in a place",
                remedy="use AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile (~/.aws)",
            )
        if not parts.netloc or (unknown := set(settings) - _SETTINGS):
            what = "、".join(sorted(unknown)) if parts.netloc else "bucket"
            raise UsageError(f"{place}: {what} が分かりません not a place in object storage", remedy=_EXAMPLE)
        prefix = parts.path.strip("/")
        try:
            timeout = float(settings.get("timeout", "60"))
        except ValueError as error:
            raise UsageError(f"{place}: timeout は秒数です seconds", remedy=_EXAMPLE) from error
        return cls(
            parts.netloc,
            f"{prefix}/" if prefix else "",
            settings.get("endpoint", ""),
            settings.get("region", ""),
            timeout,
        )

    def client(self) -> S3Client:
        """A client that tries again by itself, signs what it sends and never waits for ever.

        The payload is signed also over TLS, so that a server without checksums of its own still refuses a body that
        was cut or changed on the way.
        """
        from boto3.session import Session
        from botocore.config import Config
        from botocore.session import get_session

        core = get_session()
        core.register_component("data_loader", _descriptions())

        return Session(botocore_session=core).client(
            "s3",
            endpoint_url=self.endpoint or None,
            region_name=self.region or None,
            config=Config(
                connect_timeout=min(_CONNECT, self.timeout),
                read_timeout=self.timeout,
                retries={"mode": "standard", "total_max_attempts": _ATTEMPTS},
                s3={"addressing_style": "path" if self.endpoint else "auto", "payload_signing_enabled": True},
            ),
        )


@cache
def _descriptions() -> Loader:
    """What botocore knows of the service: some megabytes, read once in a process and not for every client."""
    from botocore.loaders import create_loader

    return create_loader()
