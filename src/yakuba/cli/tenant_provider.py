"""`yakuba tenant provider CODE WORD`: a municipality's own identity provider vouches for its staff."""

from __future__ import annotations

import click

from yakuba.cli._registry import acting


@click.command(
    "provider",
    epilog="\b\nExample:  yakuba tenant provider 990019 idp --name 見本町 --server https://idp.example --client me\n"
    "The client secret is read from $YAKUBA_PROVIDER_SECRET, or asked for on a terminal.",
)
@click.argument("code")
@click.argument("identifier")
@click.option("--name", required=True, help="表示名: what people read.")
@click.option("--server", required=True, metavar="URL", help="発行者: the issuer, an https address.")
@click.option("--client", required=True, help="クライアントID: as registered with the provider.")
@click.option(
    "--claim", default="preferred_username", show_default=True, help="項目: the claim that holds the 利用者ID."
)
@click.option("--second-factor", is_flag=True, help="多要素: the provider itself asks for two factors.")
@click.password_option(
    "--secret",
    envvar="YAKUBA_PROVIDER_SECRET",
    confirmation_prompt=False,
    help="シークレット: better not on the command line.",
)
def command(
    code: str, identifier: str, name: str, server: str, client: str, claim: str, second_factor: bool, secret: str
) -> None:
    """認証基盤の設定 Let a municipality's OpenID Connect provider vouch for its staff."""
    actor = acting(code)
    from yakuba.tenancy.services import set_provider

    set_provider(actor, identifier, name, server, client, secret, claim=claim, second_factor=second_factor)
    click.echo(f"設定しました set: /accounts/oidc/{identifier}/login/")
