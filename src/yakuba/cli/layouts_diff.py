"""`yakuba layouts diff`: what changed between two editions of a business."""

from __future__ import annotations

from pathlib import Path

import click

from yakuba.cli._console import STDOUT, print_json, table
from yakuba.layouts.diff import diff, html_report
from yakuba.layouts.page import standing_sentence
from yakuba.layouts.read import layout


@click.command(
    name="diff",
    epilog="\b\nExample:  yakuba layouts diff kihon/2023-03/031_jutogaishaatenabangokanri "
    "kihon/2026-08/031_jutogaishaatenabangokanri --html difference.html",
)
@click.argument("old_id")
@click.argument("new_id")
@click.option("--html", "html_path", type=click.Path(dir_okay=False, path_type=Path), help="Also write an HTML report.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(old_id: str, new_id: str, html_path: Path | None, as_json: bool) -> None:
    """版の差 Compare two editions item by item: added, removed, renamed candidates, type, digits, codes."""
    old, new = layout(old_id), layout(new_id)
    changes = diff(old, new)
    if html_path:
        html_path.write_text(html_report(old, new, changes), encoding="utf-8")
    if as_json:
        print_json(
            {
                "old": {"id": old.id, "standing": old.source.standing},
                "new": {"id": new.id, "standing": new.source.standing},
                "changes": [change.as_dict() for change in changes],
            }
        )
        return
    STDOUT.print(f"旧 {old.id}: {standing_sentence(old)}", markup=False)
    STDOUT.print(f"新 {new.id}: {standing_sentence(new)}", markup=False)
    rows = [(change.kind.japanese, change.group, change.item, change.before, change.after) for change in changes]
    table(f"{len(changes)} 件", ("種類", "グループ", "項目", "旧", "新"), rows)
