"""A bad line: a proxy on loopback that hands requests on to an object store and spoils the one that it is told to."""

from __future__ import annotations

import http.client
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

FAULTS = ("500", "503", "refused", "cut upload", "lost answer", "cut answer", "short answer", "silence")
"""What can happen to one request.

"refused" is closed before a word is read, "cut upload" after it; in the next three the store has done its work and its
answer does not come, comes as half a head, or with half its body; "silence" answers too late.
"""


class Line:
    """The proxy. `spoil(number)` names the fault of the request with that number (from 0), or "" for none."""

    def __init__(self, upstream: str, late: float) -> None:
        self.requests: list[str] = []
        self.spoil: Callable[[int], str] = lambda _: ""
        self.late = late
        self.upstream = urlsplit(upstream)
        line = self

        class Handler(_Handler):
            owner = line

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """No more requests."""
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    owner: Line
    protocol_version = "HTTP/1.1"

    def _any(self) -> None:
        fault = self.owner.spoil(len(self.owner.requests))
        self.owner.requests.append(f"{self.command} {self.path}")
        self.close_connection = True
        if fault == "refused":
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if fault in {"500", "503"}:
            self._give(int(fault), [("Content-Length", "0")], b"")
        elif fault == "silence":
            time.sleep(self.owner.late)
        elif fault != "cut upload":
            self._answer(fault, *self._asked(body))

    def _asked(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        upstream = http.client.HTTPConnection(str(self.owner.upstream.hostname), self.owner.upstream.port, timeout=60)
        try:
            headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
            upstream.request(self.command, self.path, body, headers)
            answer = upstream.getresponse()
            content = answer.read()
            kept = [pair for pair in answer.getheaders() if pair[0].lower() not in {"transfer-encoding", "connection"}]
            if "content-length" not in {name.lower() for name, _ in kept}:
                kept.append(("Content-Length", str(len(content))))
            return answer.status, kept, content
        finally:
            upstream.close()

    def _answer(self, fault: str, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        if fault == "cut answer":
            self.wfile.write(b"HTTP/1.1 20")
        elif fault == "short answer":
            self._give(status, headers, content[: len(content) // 2])
        elif fault != "lost answer":
            self._give(status, headers, content)

    def _give(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def handle_expect_100(self) -> bool:
        """A fault before the body was sent is "refused"; let the others send it."""
        self.send_response_only(100)
        self.end_headers()
        return True

    def log_message(self, *_: Any) -> None:
        """Nobody listens."""

    do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = _any  # noqa: N815 - names of http.server
