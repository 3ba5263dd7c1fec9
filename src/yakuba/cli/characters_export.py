"""`yakuba characters export`: what a municipality has decided about its glyphs, for migrations and for the vendor."""

from __future__ import annotations

from pathlib import Path

import click

from yakuba.cli._registry import acting
from yakuba.kernel.errors import UsageError


@click.command(epilog="\b\nExample:  yakuba characters export --municipality 990019 --out gaiji-990019")
@click.option("--municipality", required=True, metavar="CODE", help="団体コード (6 digits).")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="出力先: a new folder.")
def command(municipality: str, out: Path) -> None:
    """外字対応表の書き出し Write the 外字対応表 (CSV) and the vendor's list with pictures (zip) of each collection."""
    if out.exists() and any(out.iterdir()):
        raise UsageError(f"{out}: is not empty", remedy="give a new folder")
    actor = acting(municipality)
    from yakuba.identification import queries

    found = queries.collections(actor)
    if not found:
        raise UsageError(f"{municipality}: no collection of glyphs", remedy="yakuba characters take")
    out.mkdir(parents=True, exist_ok=True)
    for group, progress in found:
        table, folder = out / f"{group.id}-gaiji.csv", out / f"{group.id}-vendor.zip"
        table.write_bytes(queries.mapping(actor, group.id))
        folder.write_bytes(queries.vendor_folder(actor, group.id))
        click.echo(f"{group.name}: 決定 decided {progress.decided:,} / {progress.total:,} 字")
        click.echo(f"{table}\n{folder}")
