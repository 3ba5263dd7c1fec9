"""A line (回線): HTTPS with a certificate at both ends, kept open, and opened anew when it breaks."""

from __future__ import annotations

import json
import ssl
from dataclasses import dataclass
from http.client import HTTPException, HTTPSConnection
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TIMEOUT = 30.0
"""Seconds without a byte after which a line counts as broken."""
_LONGEST = 64 * 1024**2
"""Bytes of an answer that are read at most."""


class BrokenLineError(Exception):
    """No answer came; nobody here knows whether the request arrived."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; names of headers are in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """The body as JSON."""
        found: dict[str, Any] = json.loads(self.body)
        return found


def context(certificate: Path, key: Path, authorities: Path) -> ssl.SSLContext:
    """TLS of one who shows a certificate and trusts only the given authorities.

    Raises:
        UsageError: a file is not what it must be.
    """
    try:
        made = ssl.create_default_context(cafile=str(authorities))
        made.load_cert_chain(certificate, key)
    except (ssl.SSLError, OSError) as error:
        raise UsageError(
            f"証明書か鍵を読めません cannot read certificate or key ({certificate}, {key}, {authorities})",
            remedy="PEM のファイルを指定してください",
        ) from error
    return made


class Line:
    """One connection to one service.

    Args:
        url: https://host:port of the service. root: path that every request begins with. timeout: see `TIMEOUT`.

    Raises:
        UsageError: the address is not https.
    """

    def __init__(self, url: str, tls: ssl.SSLContext, *, root: str = "/", timeout: float = TIMEOUT) -> None:
        try:
            parts = urlsplit(url)
            self._host, self._port = parts.hostname or "", parts.port or 443
        except ValueError:
            self._host = ""
        if not self._host or parts.scheme != "https":
            raise UsageError(f"{url}: https の接続先ではありません", remedy="https://… を指定してください")
        self._tls, self._root, self._timeout = tls, root, timeout
        self._open: HTTPSConnection | None = None

    def ask(self, method: str, path: str, content: object = None, headers: Mapping[str, str] | None = None) -> Reply:
        """Ask, and wait for the answer.

        Args:
            content: bytes go as they are, None is no body, everything else goes as JSON.

        Raises:
            BrokenLineError: none came.
        """
        self.tell(method, path, content, headers)
        connection = self._open
        assert connection is not None
        try:
            answer = connection.getresponse()
            names = {name.lower(): value for name, value in answer.getheaders()}
            reply = Reply(answer.status, names, answer.read(_LONGEST))
        except (OSError, HTTPException) as error:
            self.hang_up()
            raise BrokenLineError(type(error).__name__) from error
        if not answer.isclosed():
            self.hang_up()
        return reply

    def tell(self, method: str, path: str, content: object = None, headers: Mapping[str, str] | None = None) -> None:
        """Ask, and do not wait: what a machine does whose patience has ended.

        Raises:
            BrokenLineError: it could not even be sent.
        """
        plain = content is None or isinstance(content, bytes)
        body = content if plain else json.dumps(content).encode()
        named = {"Content-Type": "application/octet-stream" if plain else "application/json"} if body else {}
        try:
            if self._open is None:
                self._open = HTTPSConnection(self._host, self._port, timeout=self._timeout, context=self._tls)
            self._open.request(method, self._root + path, body, {**named, **(headers or {})})  # type: ignore[arg-type]
        except (OSError, HTTPException) as error:
            self.hang_up()
            raise BrokenLineError(type(error).__name__) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.hang_up()

    def hang_up(self) -> None:
        """Drop the connection, answer or no answer."""
        if self._open is not None:
            self._open.close()
            self._open = None
