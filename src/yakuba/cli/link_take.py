"""`yakuba link take -`: a feed that comes through a pipe."""

from __future__ import annotations

from typing import IO

import click

from yakuba.cli import _link


@click.command(
    "take", epilog="\b\nExample:  tar -c data | yakuba link take 990019 - --name 990019_20261121T020000_full"
)
@_link.WHICH
@click.argument("stream", type=click.File("rb"))
@click.option("--name", default="", help="名前 Name of the feed: <code>_<time>_<full|delta>[_<number>].")
def command(which: str, stream: IO[bytes], name: str) -> None:
    """流れてくる連携データを受け取る Take a zip or tar from stdin (-) or a file into the watched folder.

    `yakuba link run` or `once` goes on with it.
    """
    from yakuba.link.streaming import receive

    place, settings = _link.opened(which)
    click.echo(f"受け取りました received: {receive(place, settings, stream, name)}")
