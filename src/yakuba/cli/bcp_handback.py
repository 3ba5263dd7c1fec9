"""`yakuba bcp handback`: the book of events, signed, for the main system."""

from __future__ import annotations

from pathlib import Path

import click

from yakuba.cli._bcp import FOLDER, inside
from yakuba.kernel.errors import Exit


@click.command("handback", epilog="\b\nExample:  yakuba bcp handback --out handback")
@FOLDER
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder; new or empty.")
def command(folder: Path | None, out: Path) -> int:
    """受付簿を引き継ぐ Give the events of the disaster back: events.json (signed) and events.csv."""
    actor = inside(folder)
    from yakuba.backup.bcp import standing
    from yakuba.backup.bcp.handback import hand_back
    from yakuba.kernel.home import yakuba_home

    fingerprint = hand_back(actor, out, standing.change(yakuba_home()))
    click.echo(f"署名鍵の指紋 fingerprint: {fingerprint}")
    click.echo(out)
    return Exit.CLEAN
