"""`yakuba audit digest`: close the days that are over, and write their digests to a file that is kept elsewhere."""

from __future__ import annotations

from pathlib import Path

import click

from yakuba.cli._tenancy import logs
from yakuba.migration.whole import whole


@click.command("digest", epilog="\b\nExample:  yakuba audit digest --out digests.csv")
@click.option("--municipality", metavar="CODE", help="団体コード: only the log of this municipality.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="書出し先: all digests as CSV, to be kept outside."
)
def command(municipality: str | None, out: Path | None) -> None:
    """日次ダイジェスト Close the days that are over; run it every night."""
    chosen = logs(municipality)
    from yakuba.tenancy.audit import close_days, write_anchor

    for name, actor in chosen:
        click.echo(f"{name}: {close_days(actor)} 日 days closed")
    if out:
        with whole(out) as path, path.open("w", encoding="utf-8", newline="") as stream:
            for number, (_, actor) in enumerate(chosen):
                write_anchor(stream, actor, header=number == 0)
        click.echo(str(out))
