"""`yakuba bcp note`: one event from paper into the book; it changes no record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yakuba.cli._bcp import FOLDER, inside
from yakuba.kernel.errors import Exit

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

_KINDS = ("birth", "death", "move_in", "move_out", "move_within", "safe", "evacuated", "other")


@click.command(
    "note",
    epilog="\b\nExample:  yakuba bcp note death --addressee 1000000015 --name '見本　一' --on 2026-11-21 --paper D-12",
)
@click.argument("kind", type=click.Choice(_KINDS))
@FOLDER
@click.option("--name", required=True, help="氏名.")
@click.option("--on", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="異動日: when it happened.")
@click.option("--paper", required=True, help="届書の番号.")
@click.option("--addressee", default="", help="宛名番号, of somebody who is in the records.")
@click.option("--detail", default="", help="内容: new address, shelter …")
def command(kind: str, folder: Path | None, name: str, day: datetime, paper: str, addressee: str, detail: str) -> int:
    """災害時の受付を書き込む Write down an event that was taken on paper, as pending."""
    actor = inside(folder)
    from yakuba.backup.bcp.book import note
    from yakuba.backup.bcp.events import Kind, Noted

    number = note(actor, Noted(Kind(kind), name, day.date(), paper, addressee, detail))
    click.echo(f"受付番号 number: {number}")
    return Exit.CLEAN
