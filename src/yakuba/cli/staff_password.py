"""`yakuba staff password CODE LOGIN`: a new first password for an account."""

from __future__ import annotations

import click

from yakuba.cli._registry import acting
from yakuba.kernel.errors import UsageError


@click.command("password", epilog="\b\nExample:  yakuba staff password 990019 suzuki --factor --reason 電話の紛失")
@click.argument("code")
@click.argument("login")
@click.option("--factor", is_flag=True, help="多要素: forget its second factor too.")
@click.option("--reason", default="サーバー上での初期化", show_default=True, help="理由: kept in the log.")
def command(code: str, login: str, factor: bool, reason: str) -> None:
    """パスワードの初期化 Give an account a new first password, printed once; its sessions end."""
    actor = acting(code)
    from yakuba.tenancy.queries import staff
    from yakuba.tenancy.services import forget_second_factor, new_password

    found = {one.login: one.id for one in staff(actor)}.get(login)
    if found is None:
        raise UsageError(f"{login}: この職員はいません no such account", remedy=f"yakuba staff list {code}")
    if factor:
        forget_second_factor(actor, found, reason)
    click.echo(f"初期パスワード first password: {new_password(actor, found)}")
