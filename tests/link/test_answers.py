"""What the centre says decides whether the link tries again by itself or tells a person; a fault is never the end.

Oracle: docs/ja/backup.md, the protocol's table of answers.
"""

from __future__ import annotations

import json
import ssl
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event
from typing import TYPE_CHECKING

import pytest

from yakuba.issuance.kiosk.trial_keys import make_trial_keys
from yakuba.kernel.line import Reply
from yakuba.link.centre import CentreRefusedError, TryLaterError, _refusal
from yakuba.link.contact import Contact, line_state
from yakuba.link.running import Link

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.link.feeds import Desk


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (500, "", TryLaterError), (502, "", TryLaterError), (503, "away", TryLaterError), (408, "", TryLaterError),
        (429, "", TryLaterError), (409, "offset", TryLaterError), (409, "gap", TryLaterError),
        (409, "object", TryLaterError), (422, "digest", TryLaterError), (400, "cut", TryLaterError),
        (403, "admission", CentreRefusedError), (507, "quota", CentreRefusedError), (409, "fork", CentreRefusedError),
        (409, "rollback", CentreRefusedError), (422, "signature", CentreRefusedError),
        (422, "clock", CentreRefusedError), (413, "large", CentreRefusedError), (404, "name", CentreRefusedError),
    ],
)  # fmt: skip
def test_each_answer_has_its_consequence(status: int, code: str, kind: type[Exception]) -> None:
    told = {"code": code, "message": "理由"} if code else {}
    found = _refusal(Reply(status, {}, json.dumps(told).encode()), told)
    assert type(found) is kind
    assert str(status) in str(found) or "理由" in str(found)


@contextmanager
def saying(folder: Path, status: int, body: bytes) -> Iterator[str]:
    """A centre with a good certificate that always says the same."""
    make_trial_keys(folder)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=str(folder / "authority.pem"))
    tls.verify_mode = ssl.CERT_REQUIRED
    tls.load_cert_chain(folder / "server.pem", folder / "server.key")
    server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "body", "person"),
    [
        (500, b"<h1>Internal Server Error</h1>", False), (200, b"<h1>a captive portal</h1>", False),
        (200, b'{"vault": 1}', False), (200, b"[]", False), (302, b"", True), (403, b'{"code":"admission"}', True),
    ],
)  # fmt: skip
def test_nonsense_and_faults_end_in_a_sentence(
    desk: Desk, tmp_path: Path, status: int, body: bytes, *, person: bool
) -> None:
    with saying(tmp_path / "keys", status, body) as address:
        for name in ("certificate", "key", "authorities"):
            file = {"certificate": "centre.pem", "key": "centre.key", "authorities": "authority.pem"}[name]
            desk.set(f'{name} = ""', f'{name} = "{tmp_path / "keys" / file}"')
        desk.set('url = ""', f'url = "{address}"')
        assert not Contact(desk.place, desk.settings).deliver(Event())
    state = line_state(desk.place)
    assert (bool(state.problem), state.person) == (True, person)


def test_the_pause_grows_to_its_limit_and_is_never_quite_the_same(desk: Desk) -> None:
    link = Link(desk.place, desk.settings)
    assert all(2.0**n / 2 <= link._pause(n) <= 2.0**n for n in range(1, 8))
    assert max(link._pause(n) for n in range(9, 2000, 97)) <= 300
    assert len({link._pause(3) for _ in range(20)}) > 10
