"""`yakuba layouts show`: one layout, or one group of it, on the terminal, as a page or as JSON."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from yakuba.cli._console import STDOUT, print_json, table
from yakuba.kernel.errors import UsageError
from yakuba.layouts import page
from yakuba.layouts.read import layout as read

if TYPE_CHECKING:
    from yakuba.layouts.model import Layout

_SHOWN = ("項目名", "識別名", "キー", "型", "桁数", "コード", "出力条件", "外字", "不詳日")


@click.command(
    name="show", epilog="\b\nExample:  yakuba layouts show kihon/2023-09/001_juminkihondaicho --group 住民情報"
)
@click.argument("layout_id")
@click.option("--group", "group_name", help="Only this group (グループ).")
@click.option("--format", "form", type=click.Choice(["table", "markdown", "html", "json"]), default="table")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the page to this file.")
def command(layout_id: str, group_name: str | None, form: str, as_json: bool, out: Path | None) -> None:
    """標準レイアウトの内容 Show a layout, e.g. kihon/2023-09/001_juminkihondaicho."""
    chosen = read(layout_id)
    if group_name is not None and group_name not in chosen.by_name:
        known = "、".join(chosen.by_name)
        raise UsageError(f"{layout_id} has no group {group_name!r}", remedy=f"its groups: {known}")
    form = "json" if as_json else form
    if form == "json":
        print_json(_document(chosen, group_name))
    elif form == "table":
        _table(chosen, group_name)
    else:
        text = page.markdown(chosen) if form == "markdown" else page.html(chosen)
        if out:
            out.write_text(text, encoding="utf-8")
        else:
            click.echo(text, nl=False)


def _document(chosen: Layout, group_name: str | None) -> dict[str, Any]:
    document = asdict(chosen) | {"id": chosen.id}
    if group_name is not None:
        document["groups"] = [group for group in document["groups"] if group["name"] == group_name]
    return document


def _table(chosen: Layout, group_name: str | None) -> None:
    STDOUT.print(f"{chosen.business} {chosen.id}", markup=False)
    STDOUT.print(page.standing_sentence(chosen), markup=False)
    for group in chosen.groups:
        if group_name in (None, group.name):
            keep = [page.HEADINGS.index(heading) for heading in _SHOWN]
            rows = [[cells[at] for at in keep] for cells in map(page.item_cells, group.items)]
            table(f"{group.name} — {group.note}", _SHOWN, rows)
