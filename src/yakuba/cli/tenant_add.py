"""`yakuba tenant add CODE NAME`: a municipality moves into the installation."""

from __future__ import annotations

import click

from yakuba.cli._tenancy import installation


@click.command("add", epilog="\b\nExample:  yakuba tenant add 990019 見本町 --group mihon")
@click.argument("code")
@click.argument("name")
@click.option("--kana", default="", help="フリガナ: reading of the name.")
@click.option("--prefecture", default="", help="都道府県: its prefecture.")
@click.option("--group", metavar="WORD", help="グループ: let it join this group today.")
def command(code: str, name: str, kana: str, prefecture: str, group: str | None) -> None:
    """団体の登録 Open the house of a municipality: empty, behind its own wall."""
    from yakuba.cli._tenancy import of_group

    chosen = of_group(group).group if group else None
    actor = installation()
    from yakuba.tenancy.services import add_municipality, join

    add_municipality(actor, code, name, kana=kana, prefecture=prefecture)
    if chosen is not None:
        join(actor, chosen, code)
    click.echo(f"登録しました added: {code} {name}")
