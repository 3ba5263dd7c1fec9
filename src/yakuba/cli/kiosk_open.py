"""`yakuba kiosk open CODE KIND`: a kind that was closed can be had again."""

from __future__ import annotations

import click

from yakuba.cli._registry import acting


@click.command("open", epilog="\b\nExample:  yakuba kiosk open 990019 inkan")
@click.argument("code")
@click.argument("kind")
def command(code: str, kind: str) -> None:
    """閉じた証明書の取扱いを再開する Open a kind at a town's machines again."""
    actor = acting(code)
    from yakuba.issuance.kiosk.administration import reopen

    reopen(actor, kind)
    click.echo(kind)
