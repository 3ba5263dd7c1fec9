"""The real centre (`yakuba backup serve`) on loopback, and a line to it that can be cut."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOUSE = Path(__file__).parents[2]


def environment(home: Path) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "YAKUBA_"))}
    return clean | {
        "YAKUBA_HOME": str(home), "YAKUBA_PROCESSES": "1", "YAKUBA_THREADS": "4", "YAKUBA_LOG_LEVEL": "ERROR",
    }  # fmt: skip


def furnished(home: Path) -> None:
    """An installation made by a process that has ended."""
    command = [sys.executable, "-m", "tests.link.furnishing", str(home)]
    subprocess.run(command, cwd=HOUSE, env=environment(home), check=True)


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """`yakuba backup serve` and the address that it tells."""
    trial = home / "trial"
    words = [
        "--certificate",
        trial / "server.pem",
        "--key",
        trial / "server.key",
        "--authorities",
        trial / "authority.pem",
    ]
    program = [sys.executable, "-m", "yakuba", "backup", "serve", "--bind", "127.0.0.1:0", *map(str, words)]
    with subprocess.Popen(
        program, env=environment(home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert "ready: " in line, process.communicate(timeout=30)
            yield line.split("ready: ")[1].split()[0].rstrip("/")
        finally:
            process.terminate()
            _, err = process.communicate(timeout=60)
            assert "Traceback" not in err, err


class Cutter:
    """A line to an address, in between: each connection is cut after as many bytes (there, back) as `budget` says.

    Attributes:
        cuts: how many have been.
    """

    def __init__(self, address: str, budget: Callable[[], tuple[int | None, int | None]]) -> None:
        host, port = address.removeprefix("https://").split(":")
        self._target, self._budget, self.cuts = (host, int(port)), budget, 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"https://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                with closing(client), closing(socket.create_connection(self._target)) as server:
                    self._carry(client, server)

    def _carry(self, client: socket.socket, server: socket.socket) -> None:
        """Both ways until one ends."""
        most, most_back = self._budget()
        ours: list[bool] = []

        def carry(source: socket.socket, target: socket.socket, limit: int | None) -> None:
            if _pump(source, target, limit):
                ours.append(True)
                for one in (client, server):
                    with suppress(OSError):
                        one.shutdown(socket.SHUT_RDWR)

        back = Thread(target=carry, args=(server, client, most_back), daemon=True)
        back.start()
        carry(client, server, most)
        back.join()
        self.cuts += bool(ours)

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()


def _pump(source: socket.socket, target: socket.socket, most: int | None) -> bool:
    """Carry bytes; whether the end was ours."""
    with suppress(OSError):
        while most is None or most > 0:
            part = source.recv(min(1 << 16, most) if most is not None else 1 << 16)
            if not part:
                with suppress(OSError):
                    target.shutdown(socket.SHUT_WR)
                return False
            target.sendall(part)
            most = None if most is None else most - len(part)
        return True
    return False
