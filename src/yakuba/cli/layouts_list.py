"""`yakuba layouts list`: every business of every edition, and whether it is official or reconstructed."""

from __future__ import annotations

import click

from yakuba.cli._console import STDOUT, print_json
from yakuba.layouts.read import layouts, standard


@click.command(name="list", epilog="\b\nExample:  yakuba layouts list --standard kihon@2023-09")
@click.option("--standard", "selector", help="Only these: kihon, chukan, or one at a date such as kihon@2023-09.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(selector: str | None, as_json: bool) -> None:
    """標準レイアウトの一覧 List the standard layouts."""
    chosen = standard(selector).layouts if selector else layouts()
    rows = [
        {
            "id": layout.id,
            "business": layout.business,
            "standing": layout.source.standing.value,
            "edition": layout.source.edition,
            "groups": len(layout.groups),
            "items": sum(len(group.items) for group in layout.groups),
            "codes": len(layout.codes),
        }
        for layout in chosen
    ]
    if as_json:
        print_json(rows)
        return
    for layout, row in zip(chosen, rows, strict=True):
        standing = layout.source.standing
        counts = f"{row['groups']:>3} グループ {row['items']:>4} 項目"
        STDOUT.print(f"{layout.id:<52} {standing.japanese} {standing:<13} {counts}  {layout.business}", markup=False)
