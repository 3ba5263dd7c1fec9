"""Serving (稼働): the web server and the workers as children of one process, which stops all it started.

    yakuba serve ── gunicorn ── processes with threads
                 └─ yakuba work, once per worker; one that dies is started anew

The port is opened here, before anything starts, so that a port in use is one sentence and not a loop of retries.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.site import environment as env
from yakuba.site.metrics import FOLDER
from yakuba.site.startup import check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GRACE = 12.0
"""Seconds that a child has to end what it does before it is killed."""
_WITHIN, _LONGEST = 120.0, 30.0
"""Ends of workers within the first so many seconds make the next start wait longer, up to the second: a database that
is away for a while must not cost a machine its peace, nor the screens their server."""
_START = 60.0
"""Seconds until an installation that is started says that it is well."""
_PORTS = 65535


def serve(bind: str, *, jobs: int | None = None, ready: Callable[[str], None], stop: Event | None = None) -> None:
    """Serve until SIGINT or SIGTERM (or `stop`); everything started is stopped again.

    Args:
        bind: "127.0.0.1:8000", "[::1]:8000", ":8000", or port 0 for any free one. jobs: workers, None = the setting.
        ready: told the address once pages are answered.

    Raises:
        UsageError: the address is none, or a setting is wrong.
        CannotContinueError: the port is taken, the database is not as it must be, the web server ends by itself.
    """
    check()
    with listen(bind) as listener, tempfile.TemporaryDirectory(prefix="yakuba-metrics-") as measures:
        children = Children(os.environ | {FOLDER: measures})
        with stopping(stop or Event()) as asked:
            try:
                web = children.start(_gunicorn(listener), listener.fileno())
                for _ in range(env.JOBS.number if jobs is None else jobs):
                    children.start_worker()
                _wait_for(listener, web, asked)
                if not asked.is_set():
                    ready(address(listener))
                children.watch(web, asked)
            finally:
                children.stop()


@contextmanager
def listen(bind: str) -> Iterator[socket.socket]:
    """An open port.

    Raises:
        UsageError: no such address. CannotContinueError: somebody else has the port, or it may not be opened.
    """
    host, _, port = bind.rpartition(":")
    host = host.strip("[]") or "127.0.0.1"
    if not (port.isascii() and port.isdigit()) or int(port) > _PORTS:
        raise UsageError(f"{bind}: no address to listen on", remedy="write e.g. 127.0.0.1:8000")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, int(port)))
            listener.listen(1024)
        except OSError as error:
            raise CannotContinueError(
                f"{host}:{port}: {error.strerror or error}", remedy="stop what uses it, or choose another with --bind"
            ) from error
        yield listener


def address(listener: socket.socket) -> str:
    """The address for a browser."""
    host, port = listener.getsockname()[:2]
    shown = {"0.0.0.0": "localhost", "::": "localhost"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}/"


@contextmanager
def stopping(asked: Event) -> Iterator[Event]:
    """An event that SIGINT and SIGTERM set for the length of the block."""
    names = (signal.SIGINT, signal.SIGTERM)

    def ask(*_: Any) -> None:
        asked.set()

    before = [signal.signal(name, ask) for name in names]
    try:
        yield asked
    finally:
        for name, handler in zip(names, before, strict=True):
            signal.signal(name, handler)


@dataclass
class Children:
    """The processes started here. Each has a session of its own, so that Ctrl-C reaches only us and we say when."""

    environment: dict[str, str]
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    due: list[float] = field(default_factory=list)

    def start(self, command: list[str], *keep: int) -> subprocess.Popen[bytes]:
        """Start one; `keep` are the open files that it takes over."""
        environment = self.environment | {"YAKUBA_PARENT": str(os.getpid())}
        child = subprocess.Popen(  # noqa: S603 - our own program
            command, env=environment, pass_fds=keep, start_new_session=True, stdin=subprocess.DEVNULL
        )
        self.running.append(child)
        return child

    def start_worker(self) -> None:
        """Start one more worker."""
        self.workers.append(self.start([sys.executable, "-m", "yakuba", "work"]))

    def watch(self, web: subprocess.Popen[bytes], asked: Event) -> None:
        """Until asked to stop; a worker that dies is started anew.

        Raises:
            CannotContinueError: the web server has ended by itself.
        """
        while not asked.wait(0.5):
            if web.poll() is not None:
                raise CannotContinueError(
                    f"the web server has ended by itself (exit code {web.returncode})", remedy="see the lines above"
                )
            self._replace(time.monotonic())

    def _replace(self, now: float) -> None:
        """Start workers anew that have ended: the first at once, those that end again and again after a while."""
        for worker in [one for one in self.workers if one.poll() is not None]:
            self.workers.remove(worker)
            self.running.remove(worker)
            self.ends = [end for end in self.ends if end > now - _WITHIN] + [now]
            self.due.append(now + min(_LONGEST, 2.0 ** len(self.ends) - 2))
        for moment in [one for one in self.due if one <= now]:
            self.due.remove(moment)
            self.start_worker()

    def stop(self) -> None:
        """Ask all to end, wait, and kill what does not."""
        for child in self.running:
            if child.poll() is None:
                child.terminate()
        until = time.monotonic() + GRACE
        for child in self.running:
            try:
                child.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()


def _gunicorn(listener: socket.socket) -> list[str]:
    program = [sys.executable, "-m", "gunicorn", "--config", "python:yakuba.site.gunicorn"]
    return [*program, "--bind", f"fd://{listener.fileno()}", "yakuba.site.wsgi:application"]


def _wait_for(listener: socket.socket, web: subprocess.Popen[bytes], asked: Event) -> None:
    """Until the installation says that it is well, or the server has ended, or somebody asks to stop.

    Raises:
        CannotContinueError: it answers, and not as it should.
    """
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - what to ask, not what to open
    name = env.HOSTS.words[0].lstrip(".") if env.HOSTS.words else "localhost"
    question = f"GET /healthz HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n".encode()
    until = time.monotonic() + _START
    while web.poll() is None and not asked.is_set():
        status = _ask(host, port, question)
        if status == "200":
            return
        # Workers need a moment longer than the web server.
        if status not in ("", "503") or time.monotonic() > until:
            raise CannotContinueError(f"the server answers {status or 'nothing'}", remedy="see the lines above")
        asked.wait(0.2)


def _ask(host: str, port: int, question: bytes) -> str:
    """The status of an answer, "" for none yet."""
    with socket.create_connection((host, port), timeout=5) as line:
        line.sendall(question)
        try:
            return line.recv(12).decode("ascii", "replace")[9:]
        except TimeoutError:
            return ""
