"""`yakuba staff stop CODE LOGIN`: an account stops at once, sessions in progress included."""

from __future__ import annotations

import click

from yakuba.cli._registry import acting
from yakuba.kernel.errors import UsageError


@click.command("stop", epilog="\b\nExample:  yakuba staff stop 990019 suzuki --reason 退職")
@click.argument("code")
@click.argument("login")
@click.option("--reason", required=True, help="理由: kept in the log.")
def command(code: str, login: str, reason: str) -> None:
    """職員の停止 Stop an account at once; its sessions do not survive the next click."""
    actor = acting(code)
    from yakuba.tenancy.queries import staff
    from yakuba.tenancy.services import stop_staff

    found = {one.login: one.id for one in staff(actor)}.get(login)
    if found is None:
        raise UsageError(f"{login}: この職員はいません no such account", remedy=f"yakuba staff list {code}")
    stop_staff(actor, found, reason)
    click.echo(f"停止しました stopped: {login}")
