"""`yakuba token list CODE`: the tokens of a municipality, without the words themselves."""

from __future__ import annotations

from dataclasses import asdict

import click

from yakuba.cli._console import print_json, table
from yakuba.cli._registry import acting


@click.command("list", epilog="\b\nExample:  yakuba token list 990019 --json")
@click.argument("code")
@click.option("--json", "as_json", is_flag=True, help="The list as JSON.")
def command(code: str, *, as_json: bool) -> None:
    """APIの合い言葉の一覧 List the tokens of a municipality; the words themselves are kept nowhere."""
    actor = acting(code)
    from yakuba.tenancy.tokens.queries import tokens

    found = tokens(actor)
    if as_json:
        print_json([asdict(one) for one in found])
        return
    rows = [
        (one.number, one.login, one.name, one.valid_until, one.used_on or "", "取消" if one.revoked else "")
        for one in found
    ]
    table("APIの合い言葉", ("番号", "利用者ID", "用途", "終了日", "最終利用日", "状態"), rows, right=(0,))
