"""`yakuba db upgrade`: bring the tables to this version."""

from __future__ import annotations

import click

from yakuba.cli import _console
from yakuba.cli._site import site


@click.command("upgrade", epilog="\b\nExample:  yakuba db upgrade --json")
@click.option("--json", "as_json", is_flag=True, help="What was done as JSON.")
def command(*, as_json: bool) -> None:
    """表を新しい版にする Bring the tables to this version; safe to repeat.

    With DATABASE_URL set it works as the tables' owner, over DATABASE_OWNER_URL.
    """
    done = list(site("tables").upgrade())
    if as_json:
        _console.print_json({"upgraded": done})
        return
    for name in done:
        click.echo(f"更新しました upgraded {name}")
    click.echo(f"{len(done)} 件の更新をしました。 The tables are of this version.")
