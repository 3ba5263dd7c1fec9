"""`yakuba work`: a worker process for long work, beside or far from the web server."""

from __future__ import annotations

import click

from yakuba.cli._site import site


@click.command(epilog="\b\nExample:  yakuba work --until-empty")
@click.option("--until-empty", is_flag=True, help="End when nothing waits.")
def command(*, until_empty: bool) -> None:
    """長い仕事を受け持つ Do the long jobs of the queue until Ctrl-C.

    `yakuba serve` starts its own; more of them may run on other machines with the same DATABASE_URL and YAKUBA_HOME.
    """
    site("working").run(until_empty=until_empty)
