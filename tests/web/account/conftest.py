"""The whole site over HTTP in this process, for what needs a look into its database while a browser uses it."""

from __future__ import annotations

from socketserver import ThreadingMixIn
from threading import Thread
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from tests.installation import prepared

prepared()

from tests.tenancy.cast import cast  # noqa: E402 - it names tables, which need the line above
from tests.tenancy.provider import provider  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["cast", "provider"]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = False
    block_on_close = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Nothing: the application logs by itself."""


@pytest.fixture
def house() -> Iterator[str]:
    """Address of the site, under a name, as browsers make passkeys for names only."""
    from yakuba.site.wsgi import application

    with make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Quiet) as server:
        thread = Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        thread.join()
