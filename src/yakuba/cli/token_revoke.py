"""`yakuba token revoke CODE NUMBER`: a token ends at once."""

from __future__ import annotations

import click

from yakuba.cli._registry import acting


@click.command("revoke", epilog="\b\nExample:  yakuba token revoke 990019 3")
@click.argument("code")
@click.argument("number", type=click.IntRange(1))
def command(code: str, number: int) -> None:
    """APIの合い言葉の取消 Revoke a token of a municipality by its number in `yakuba token list`."""
    actor = acting(code)
    from yakuba.tenancy.tokens.services import revoke_token

    revoke_token(actor, number)
    click.echo(f"{number} を取り消しました revoked")
