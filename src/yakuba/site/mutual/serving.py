"""Serving machines (相互 TLS の待受け): the web server of an API as a child process, and the door it guards."""

from __future__ import annotations

import os
import socket
import ssl
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.site import environment as env
from yakuba.site.metrics import FOLDER
from yakuba.site.mutual.settings import HEADER
from yakuba.site.serving import Children, address, listen, stopping
from yakuba.site.startup import check

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

_START = 60.0
"""Seconds until the first answer."""


@dataclass(frozen=True, slots=True)
class Door:
    """Who opens to whom: our certificate and key, and the authorities whose centres may knock; PEM files."""

    certificate: Path
    key: Path
    authorities: Path

    def check(self) -> None:
        """The files are what they must be, so that a slip is one sentence before anything starts.

        Raises:
            UsageError: they are not.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        try:
            context.load_cert_chain(self.certificate, self.key)
            context.load_verify_locations(self.authorities)
        except (ssl.SSLError, OSError) as error:
            raise UsageError(
                f"証明書か鍵を読めません cannot read certificate or key ({error.strerror or type(error).__name__})",
                remedy="--certificate, --key, --authorities に PEM のファイルを指定してください",
            ) from error


def door_of(certificate: Path | None, key: Path | None, authorities: Path | None) -> Door | None:
    """The door that a command line names; None where it names none.

    Raises:
        UsageError: one of the three is missing.
    """
    if not (certificate or key or authorities):
        return None
    if not (certificate and key and authorities):
        raise UsageError(
            "証明書・鍵・認証局がそろっていません certificate, key and authorities belong together",
            remedy="--certificate --key --authorities",
        )
    return Door(certificate, key, authorities)


@dataclass(frozen=True, slots=True)
class Listener:
    """One API for machines. package: of its settings, addresses and program. probe: a path that it answers."""

    package: str
    probe: str


def serve(
    listener: Listener,
    bind: str,
    door: Door | None,
    *,
    header: str = "",
    ready: Callable[[str], None],
    stop: Event | None = None,
) -> None:
    """Serve an API until SIGINT or SIGTERM (or `stop`).

    Args:
        bind: as for the site. door: None behind a reverse proxy that speaks TLS and sets `header`.
        ready: told the address once the server answers.

    Raises:
        UsageError: the address is none, or a file is not what it must be; neither door nor header.
        CannotContinueError: the port is taken, the database is not as it must be, the web server ends by itself.
    """
    if door is None and not header:
        raise UsageError("TLS の証明書がありません no certificate", remedy="--certificate か --behind-proxy を指定")
    if door:
        door.check()
    check()
    with listen(bind) as port, tempfile.TemporaryDirectory(prefix="yakuba-metrics-") as measures:
        children = Children(os.environ | {FOLDER: measures, HEADER: header})
        with stopping(stop or Event()) as asked:
            try:
                web = children.start(_gunicorn(listener, port, door), port.fileno())
                _wait_for(listener, port, web, asked, tls=door is not None)
                if not asked.is_set():
                    ready(address(port).replace("http:", "https:" if door else "http:", 1))
                children.watch(web, asked)
            finally:
                children.stop()


@contextmanager
def served(listener: Listener, bind: str, door: Door) -> Iterator[str]:
    """The service for the length of a block, in child processes; gives its address. As for `serve`."""
    door.check()
    check()
    with listen(bind) as port, tempfile.TemporaryDirectory(prefix="yakuba-metrics-") as measures:
        children = Children(os.environ | {FOLDER: measures, env.HOSTS.name: "127.0.0.1,localhost"})
        try:
            web = children.start(_gunicorn(listener, port, door), port.fileno())
            _wait_for(listener, port, web, Event(), tls=True)
            yield address(port).replace("http:", "https:", 1)
        finally:
            children.stop()


def _gunicorn(listener: Listener, port: socket.socket, door: Door | None) -> list[str]:
    program = [sys.executable, "-m", "gunicorn", "--config", "python:yakuba.site.mutual.gunicorn"]
    if door:
        program += ["--certfile", str(door.certificate), "--keyfile", str(door.key)]
        program += ["--ca-certs", str(door.authorities), "--cert-reqs", str(int(ssl.CERT_REQUIRED))]
    return [*program, "--bind", f"fd://{port.fileno()}", f"{listener.package}.wsgi:application"]


def _wait_for(
    listener: Listener, port: socket.socket, web: subprocess.Popen[bytes], asked: Event, *, tls: bool
) -> None:
    """Until somebody answers at the other end, if only to refuse us.

    Raises:
        CannotContinueError: nobody does.
    """
    host, number = port.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - what to ask, not what to open
    until = time.monotonic() + _START
    while not asked.is_set():
        if _answers(host, number, "" if tls else listener.probe):
            return
        if web.poll() is not None or time.monotonic() > until:
            raise CannotContinueError("the server does not answer", remedy="see the lines above")
        asked.wait(0.2)


def _answers(host: str, port: int, probe: str) -> bool:
    """Whether a web server is there: with TLS (no `probe`) it greets, or turns away who has no certificate."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # the door is tried, nothing is said
    try:
        with socket.create_connection((host, port), timeout=2) as line:
            if not probe:
                context.wrap_socket(line, server_hostname=host).close()
                return True
            line.sendall(f"GET {probe} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            return bool(line.recv(1))
    except ssl.SSLError:
        return True
    except OSError:
        return False
