"""`yakuba token make CODE LOGIN NAME`: a token for a program that uses the JSON API."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yakuba.cli._registry import acting

if TYPE_CHECKING:
    from datetime import datetime


@click.command("make", epilog="\b\nExample:  yakuba token make 990019 tokei '統計システム' --until 2027-03-31")
@click.argument("code")
@click.argument("login")
@click.argument("name")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="終了日: default the end of the fiscal year.")
def command(code: str, login: str, name: str, until: datetime | None) -> None:
    """APIの合い言葉を作る Make a token that acts as the account LOGIN, and print it, once.

    NAME says what it is for. The token has the account's rights of the moment it is used, and ends with it.
    """
    actor = acting(code)
    from yakuba.tenancy.tokens.services import make_token

    click.echo(make_token(actor, login, name, valid_until=until.date() if until else None))
    click.echo("この合い言葉は二度と表示しません。 It is not shown again.", err=True)
