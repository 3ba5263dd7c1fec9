"""`yakuba tenant leave CODE`: a municipality leaves its group and keeps its house."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yakuba.cli._tenancy import installation

if TYPE_CHECKING:
    from datetime import datetime


@click.command("leave", epilog="\b\nExample:  yakuba tenant leave 990027 --on 2027-04-01")
@click.argument("code")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="脱退日: first day outside, default today.")
def command(code: str, on: datetime | None) -> None:
    """脱退 Let a municipality leave its group; its data, staff and log stay its own."""
    actor = installation()
    from yakuba.tenancy.services import leave

    leave(actor, code, on.date() if on else None)
    click.echo(f"脱退を登録しました left: {code}")
