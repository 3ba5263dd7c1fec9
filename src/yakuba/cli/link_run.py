"""`yakuba link run`: watch, check, seal and send until stopped."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import click

from yakuba.cli import _link

if TYPE_CHECKING:
    from types import FrameType


@click.command("run", epilog="\b\nExample:  yakuba link run 990019")
@_link.WHICH
def command(which: str) -> None:
    """監視して送り続ける Watch, check, seal and send until Ctrl-C or SIGTERM.

    It may be killed at any moment; the next start goes on. What waits for a person is told by `yakuba link status`.
    """
    from yakuba.link.lock import alone
    from yakuba.link.running import Link

    place, settings = _link.opened(which)
    with alone(place):
        link = Link(place, settings)

        def leave(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - a handler's signature
            link.stop.set()

        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, leave)
        click.echo(f"監視中 watching: {place.folder}   (Ctrl-C で終了 to stop)")
        link.run()
