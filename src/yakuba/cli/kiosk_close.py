"""`yakuba kiosk close CODE KIND --reason TEXT`: no more of this kind at machines, from this moment."""

from __future__ import annotations

import click

from yakuba.cli._registry import acting


@click.command("close", epilog="\b\nExample:  yakuba kiosk close 990019 inkan --reason '印影の点検'")
@click.argument("code")
@click.argument("kind")
@click.option("--reason", required=True, help="閉鎖の理由 Why.")
def command(code: str, kind: str, reason: str) -> None:
    """証明書の取扱いを閉じる Close one kind at a town's machines at once; who has paid still gets the paper."""
    actor = acting(code)
    from yakuba.issuance.kiosk.administration import close

    close(actor, kind, reason)
    click.echo(kind)
