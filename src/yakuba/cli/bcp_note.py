"""`yakuba bcp note`: one event from paper into the book; it changes no record."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from yakuba.cli._bcp import FOLDER, inside
from yakuba.kernel.dates.wareki import Wareki
from yakuba.kernel.errors import Exit, UsageError

if TYPE_CHECKING:
    from pathlib import Path

_KINDS = ("birth", "death", "move_in", "move_out", "move_within", "safe", "evacuated", "other")


@click.command(
    "note",
    epilog="\b\nExample:  yakuba bcp note death --addressee 1000000015 --name '見本　一' --on 2026-11-21 --paper D-12",
)
@click.argument("kind", type=click.Choice(_KINDS))
@FOLDER
@click.option("--name", required=True, help="氏名.")
@click.option("--on", required=True, metavar="DAY", help="異動日: when it happened (2026-11-21, R8.11.21).")
@click.option("--paper", required=True, help="届書の番号.")
@click.option("--addressee", default="", help="宛名番号, of somebody who is in the records.")
@click.option("--detail", default="", help="内容: new address, shelter …")
def command(kind: str, folder: Path | None, name: str, on: str, paper: str, addressee: str, detail: str) -> int:
    """災害時の受付を書き込む Write down an event that was taken on paper, as pending."""
    day = _day(on)
    actor = inside(folder)
    from yakuba.backup.bcp.book import note
    from yakuba.backup.bcp.events import Kind, Noted

    number = note(actor, Noted(Kind(kind), name, day, paper, addressee, detail))
    click.echo(f"受付番号 number: {number}")
    return Exit.CLEAN


def _day(text: str) -> date:
    """A day in 和暦 or 西暦.

    Raises:
        UsageError: it is none of the calendar.
    """
    found = Wareki.parse(text)
    try:
        return date.fromisoformat(found.iso() if found else text)
    except ValueError as error:
        remedy = "令和8年11月21日、R8.11.21、2026-11-21 のように書いてください"
        raise UsageError(f"{text}: 日付として読めません no day of the calendar", remedy=remedy) from error
