"""`yakuba bcp lists`: who lives where and who may need help first, as CSV and pages to print."""

from __future__ import annotations

from pathlib import Path

import click

from yakuba.cli._bcp import FOLDER, inside
from yakuba.cli._console import table
from yakuba.kernel.errors import Exit


@click.command("lists", epilog="\b\nExample:  yakuba bcp lists --out lists --district 中央一丁目")
@FOLDER
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder; new or empty.")
@click.option("--district", default="", help="地区（町字）: this one only [default: all].")
def command(folder: Path | None, out: Path, district: str) -> int:
    """被災者支援の名簿を作る Write relief lists: households by district, elderly alone, infants."""
    actor = inside(folder)
    from yakuba.backup.bcp import standing
    from yakuba.backup.bcp.lists import write_lists
    from yakuba.kernel.home import yakuba_home

    now = standing.change(yakuba_home())
    lines = write_lists(actor, out, now, district=district)
    table(f"{now.name}　データの時点 {now.as_of}", ("名簿", "行"), list(lines.items()), right=(1,))
    click.echo(out)
    return Exit.CLEAN
