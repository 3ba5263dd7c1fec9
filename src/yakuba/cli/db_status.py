"""`yakuba db status`: where the database is and whether its tables are of this version."""

from __future__ import annotations

import click

from yakuba.cli import _console
from yakuba.cli._site import site
from yakuba.kernel.errors import Exit


@click.command(
    "status",
    epilog="\b\nExample:  yakuba db status --json\nExit codes: 0 of this version · 1 changes wait for db upgrade",
)
@click.option("--json", "as_json", is_flag=True, help="The state as JSON.")
def command(*, as_json: bool) -> int:
    """データベースの状態 Say where the database is and whether its tables are of this version."""
    state = site("tables").state()
    if as_json:
        _console.print_json(state.as_dict())
    else:
        _console.table("", ("", ""), state.rows())
        for name in state.pending:
            click.echo(f"待っている更新 pending: {name}")
    return Exit.FINDINGS if state.pending else Exit.CLEAN
