"""`yakuba tenant join CODE GROUP`: a municipality joins a group, also long after the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yakuba.cli._tenancy import installation, of_group

if TYPE_CHECKING:
    from datetime import datetime


@click.command("join", epilog="\b\nExample:  yakuba tenant join 990027 mihon --on 2027-04-01")
@click.argument("code")
@click.argument("group")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="加入日: first day, default today.")
def command(code: str, group: str, on: datetime | None) -> None:
    """加入 Let a municipality join a group."""
    chosen = of_group(group).group
    assert chosen is not None
    actor = installation()
    from yakuba.tenancy.services import join

    join(actor, chosen, code, on.date() if on else None)
    click.echo(f"加入を登録しました joined: {code} → {group}")
