"""`yakuba export`: the whole municipality in a standard layout, for the next system."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from yakuba.cli._console import print_json, progress
from yakuba.cli._registry import acting
from yakuba.kernel.errors import Exit


@click.command(epilog="\b\nExample:  yakuba export --municipality 990019 --layout kihon --out handover")
@click.option("--municipality", required=True, metavar="CODE", help="団体コード (6 digits).")
@click.option(
    "--layout", required=True, metavar="STANDARD", help="標準: kihon, kihon@2023-09, chukan, or a layout's id."
)
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder; new or empty.")
@click.option("--json", "as_json", is_flag=True, help="The outcome as JSON.")
def command(municipality: str, layout: str, out: Path, as_json: bool) -> int:
    """書出し Write all records in a standard layout, to hand over."""
    actor = acting(municipality)
    from yakuba.registry.services import export

    with progress() as listener:
        exported = export(out, actor, layout, listener)
    if as_json:
        print_json(asdict(exported))
        return Exit.CLEAN
    click.echo(f"書き出しました exported: {exported.rows:,} rows in {len(exported.tables)} tables to {out}")
    for table, items in exported.reserved.items():
        click.echo(f"予備領域へ {table}: {'、'.join(items)}")
    return Exit.CLEAN
