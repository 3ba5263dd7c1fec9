"""`yakuba staff operator GROUP LOGIN NAME`: an account of a group operator, who never sees a resident."""

from __future__ import annotations

import click

from yakuba.cli._tenancy import installation, of_group


@click.command("operator", epilog="\b\nExample:  yakuba staff operator mihon unei '共同　運営'")
@click.argument("group")
@click.argument("login")
@click.argument("name")
def command(group: str, login: str, name: str) -> None:
    """運用者の登録 Make an account of a group operator and print its first password, once."""
    chosen = of_group(group).group
    assert chosen is not None
    actor = installation()
    from yakuba.tenancy.services import add_operator

    _, password = add_operator(actor, chosen, login, name)
    click.echo(f"登録しました added: {login}")
    click.echo(f"初期パスワード first password: {password}")
