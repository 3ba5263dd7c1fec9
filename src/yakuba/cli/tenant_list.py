"""`yakuba tenant list`: the municipalities of the installation and their groups."""

from __future__ import annotations

from dataclasses import asdict

import click

from yakuba.cli._console import print_json, table
from yakuba.cli._tenancy import opened


@click.command("list", epilog="\b\nExample:  yakuba tenant list --json")
@click.option("--json", "as_json", is_flag=True, help="The list as JSON.")
def command(as_json: bool) -> None:
    """団体の一覧 List the municipalities, and which group each is or was in."""
    opened()
    from yakuba.tenancy.queries import groups, members, municipalities

    times = {one.identifier: members(one.id, ever=True) for one in groups()}
    if as_json:
        in_groups = {word: [asdict(one) for one in found] for word, found in times.items()}
        print_json({"municipalities": [asdict(one) for one in municipalities()], "groups": in_groups})
        return
    table("団体", ("コード", "名称", "都道府県"), [(one.code, one.name, one.prefecture) for one in municipalities()])
    rows = [
        (word, one.code, one.name, one.joined_on, one.left_on or "") for word, found in times.items() for one in found
    ]
    table("グループ", ("識別名", "コード", "名称", "加入日", "脱退日"), rows)
