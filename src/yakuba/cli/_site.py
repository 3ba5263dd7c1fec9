"""The installation behind the commands: its database, and the site that stands above this room.

The arrows point down: commands do not import the site. Like Django itself, which is told its settings by name, they
load by name what they start.
"""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType, ModuleType


def site(name: str) -> ModuleType:
    """A module of the site, with database and Django ready.

    Raises:
        CannotContinueError: the embedded database does not start.
    """
    from yakuba.tenancy.database.ready import ready

    # Ended by SIGTERM at any later moment, the embedded database is stopped as by Ctrl-C.
    signal.signal(signal.SIGTERM, _leave)
    with _undisturbed():
        ready()
    return import_module(f"yakuba.site.{name}")


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Signals wait: a database stopped half-way through its start would be left running, known to nobody."""
    asked: list[int] = []
    names = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(name, lambda number, _: asked.append(number)) for name in names]
    try:
        yield
    finally:
        for name, handler in zip(names, before, strict=True):
            signal.signal(name, handler)
    for number in asked[:1]:
        signal.raise_signal(number)


def _leave(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - a handler's signature
    sys.exit(128 + number)
