"""`yakuba staff add CODE LOGIN NAME`: an account in a municipality, with its first rights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yakuba.cli._registry import acting
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime


@click.command("add", epilog="\b\nExample:  yakuba staff add 990019 suzuki '鈴木　情子' --right rights --right audit")
@click.argument("code")
@click.argument("login")
@click.argument("name")
@click.option("--department", help="部署: made if it is not there yet.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="利用終了日: default the end of the fiscal year.")
@click.option(
    "--right", "rights", multiple=True, metavar="ACTION[:BUSINESS[:GROUP]]",
    help="権限: view:juminkihondaicho, view:*:koseki, rights, audit …; may be repeated.",
)  # fmt: skip
def command(
    code: str, login: str, name: str, department: str | None, until: datetime | None, rights: tuple[str, ...]
) -> None:
    """職員の登録 Make an account and print its first password, once."""
    actor = acting(code)
    from yakuba.tenancy.queries import departments
    from yakuba.tenancy.rights import Action
    from yakuba.tenancy.services import add_department, add_staff, grant

    wanted = []
    for right in rights:
        action, _, rest = right.partition(":")
        business, _, item_group = rest.partition(":")
        if action not in set(Action):
            raise UsageError(f"{action}: no such right", remedy=", ".join(one for one in Action if one.grantable))
        wanted.append((Action(action), business, item_group))
    place = None
    if department:
        known = {line.name: line.id for line in departments(actor)}
        place = known.get(department) or add_department(actor, department)
    staff, password = add_staff(actor, login, name, department=place, valid_until=until.date() if until else None)
    for action, business, item_group in wanted:
        grant(actor, staff, action, business=business, item_group=item_group)
    click.echo(f"登録しました added: {login}")
    click.echo(f"初期パスワード first password: {password}")
