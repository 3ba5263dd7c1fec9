"""The line (回線) of one machine: HTTPS with a certificate, kept open, and opened anew when it breaks."""

from __future__ import annotations

import json
import ssl
from dataclasses import dataclass
from http.client import HTTPException, HTTPSConnection
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

TIMEOUT = 30.0


class BrokenLineError(Exception):
    """No answer came; nobody here knows whether the request arrived."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """The body as JSON."""
        found: dict[str, Any] = json.loads(self.body)
        return found


def context(certificate: Path, key: Path, authorities: Path) -> ssl.SSLContext:
    """TLS as the centre speaks it.

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
    """One machine's connection."""

    def __init__(self, url: str, tls: ssl.SSLContext) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" or not parts.hostname:
            raise UsageError(f"{url}: https の接続先ではありません", remedy="https://… を指定してください")
        self._host, self._port, self._tls = parts.hostname, parts.port or 443, tls
        self._open: HTTPSConnection | None = None

    def ask(self, method: str, path: str, content: object = None) -> Reply:
        """Ask, and wait for the answer.

        Raises:
            BrokenLineError: none came.
        """
        self.tell(method, path, content)
        connection = self._open
        assert connection is not None
        try:
            answer = connection.getresponse()
            return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        except (OSError, HTTPException) as error:
            self.hang_up()
            raise BrokenLineError(type(error).__name__) from error

    def tell(self, method: str, path: str, content: object = None) -> None:
        """Ask, and do not wait: what a machine does whose patience has ended.

        Raises:
            BrokenLineError: it could not even be sent.
        """
        body = None if content is None else json.dumps(content).encode()
        headers = {"Content-Type": "application/json"} if body else {}
        try:
            if self._open is None:
                self._open = HTTPSConnection(self._host, self._port, timeout=TIMEOUT, context=self._tls)
            self._open.request(method, f"/kiosk/v1/{path}", body, headers)
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
