"""`yakuba staff list CODE`: the accounts of a municipality."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from yakuba.cli._console import print_json, table
from yakuba.cli._registry import acting

if TYPE_CHECKING:
    from yakuba.tenancy.queries import Account


@click.command("list", epilog="\b\nExample:  yakuba staff list 990019 --json")
@click.argument("code")
@click.option("--json", "as_json", is_flag=True, help="The list as JSON.")
def command(code: str, as_json: bool) -> None:
    """職員の一覧 List the accounts of a municipality: whether each works, and until when."""
    actor = acting(code)
    from yakuba.tenancy.queries import staff

    accounts = staff(actor)
    if as_json:
        print_json([asdict(one) for one in accounts])
        return
    rows = [(one.login, one.name, one.department, one.valid_until, *_states(one)) for one in accounts]
    table("職員", ("利用者ID", "氏名", "部署", "利用終了日", "利用", "多要素"), rows)


def _states(one: Account) -> tuple[str, str]:
    return "○" if one.works else "停止・期限切れ", "○" if one.second_factor else "未設定"
