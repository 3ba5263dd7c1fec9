"""`yakuba tenant group WORD NAME`: found a group of municipalities that share the installation."""

from __future__ import annotations

import click

from yakuba.cli._tenancy import installation


@click.command("group", epilog="\b\nExample:  yakuba tenant group mihon 見本郡共同利用")
@click.argument("identifier")
@click.argument("name")
def command(identifier: str, name: str) -> None:
    """グループの登録 Found a group of municipalities that share this installation."""
    actor = installation()
    from yakuba.tenancy.services import add_group

    add_group(actor, identifier, name)
    click.echo(f"登録しました added: {identifier} {name}")
