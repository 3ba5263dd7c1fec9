"""`yakuba kiosk day CODE DAY`: our list of a day, the comparison with the centre's, and what the shops owe."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from yakuba.cli._registry import acting
from yakuba.kernel.errors import Exit

if TYPE_CHECKING:
    from datetime import datetime


@click.command("day", epilog="\b\nExample:  yakuba kiosk day 990019 2026-11-20 --out settlement")
@click.argument("code")
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]))
@click.option(
    "--centre",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="交付センターの一覧 The centre's list (CSV).",
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="書き出すフォルダ Folder for the files.")
@click.pass_context
def command(context: click.Context, code: str, day: datetime, centre: Path | None, out: Path) -> None:
    """日次の突合と精算をする Write a day's list and settlement; with --centre compare, and settle unknown results.

    Exit code 1: a paper on which the two lists do not agree.
    """
    actor = acting(code)
    from yakuba.issuance.kiosk import lists, reconciling

    differences = 0
    if centre:
        text = centre.read_text("utf-8-sig")
        outcome = reconciling.reconcile(actor, day.date(), lists.read_list(text, str(centre)))
        differences = len(outcome.differences)
        click.echo(f"役場 ours\t{outcome.ours}\n交付センター centre\t{outcome.theirs}\n判明 settled\t{outcome.settled}")
        for one in outcome.differences:
            click.echo(f"{one.reception}\t{one.number}\t{one.what}\t{one.ours}\t{one.theirs}")
    out.mkdir(parents=True, exist_ok=True)
    stem = f"{code}-{day:%Y-%m-%d}"
    listed = lists.write_list(reconciling.our_list(actor, day.date()))
    owed = lists.write_settlement(reconciling.settlement(actor, day.date()))
    for path, content in ((out / f"{stem}-list.csv", listed), (out / f"{stem}-settlement.csv", owed)):
        path.write_text(content, encoding="utf-8", newline="")
        click.echo(str(path))
    context.exit(Exit.FINDINGS if differences else Exit.CLEAN)
