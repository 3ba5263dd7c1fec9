"""Processes that work on a town: forked from a server that has imported everything and run nothing.

Polars' threads survive no fork, so no process that has asked it anything may be forked.
"""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING, Any

from tests.faults.town import says_what_to_do

from yakuba.kernel.errors import CannotContinueError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkServerProcess

SECONDS = 120
"""No work takes so long, on however busy a machine."""


class Worker:
    """A process that waits for `go`, does one thing, and tells how it went.

    Args:
        job: a function of a module, with its arguments.
    """

    def __init__(self, job: Callable[..., None], *arguments: Any) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.faults.table"])
        self._line, other = context.Pipe()
        self.process: ForkServerProcess = context.Process(target=_work, args=(other, job, arguments))
        self.process.start()
        other.close()
        self._line.recv()

    def go(self) -> None:
        """Begin."""
        self._line.send(None)

    def end(self) -> str:
        """Wait for the end.

        Returns:
            "" when it went well, else what a person is told. Raises AssertionError for anything else.
        """
        said = str(self._line.recv()) if self._line.poll(SECONDS) else "does not end"
        self._over()
        assert self.process.exitcode == 0, f"exit {self.process.exitcode}: {said}"
        return said

    def killed(self, after: float) -> bool:
        """kill -9 after so many seconds; whether it had come to its end before."""
        self.process.join(after)
        self.process.kill()
        self._over()
        assert self.process.exitcode in {0, -9}, f"exit {self.process.exitcode}"
        return self.process.exitcode == 0

    def _over(self) -> None:
        self.process.join(SECONDS)
        self._line.close()


def _work(line: Connection, job: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    line.send(None)
    line.recv()
    try:
        job(*arguments)
    except CannotContinueError as error:
        says_what_to_do(error, job.__name__)
        line.send(str(error))
    else:
        line.send("")
