"""`yakuba audit export CODE`: a municipality's log as CSV, for the approval (決裁) or an analysis."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from yakuba.cli._registry import acting
from yakuba.migration.whole import whole

if TYPE_CHECKING:
    from datetime import datetime


_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(
    "export", epilog="\b\nExample:  yakuba audit export 990019 --first 2026-11-01 --reason 月次点検 --out log.csv"
)
@click.argument("code")
@click.option("--first", type=_DAY, help="開始日: from this day on.")
@click.option("--last", type=_DAY, help="終了日: up to and with this day.")
@click.option("--subject", default="", metavar="宛名番号", help="対象者: only who looked at this person.")
@click.option("--reason", required=True, help="理由: kept in the log.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="書出し先: the file.")
def command(code: str, first: datetime | None, last: datetime | None, subject: str, reason: str, out: Path) -> None:
    """操作ログの書出し Write a municipality's log, oldest entry first; this is logged too."""
    actor = acting(code)
    from yakuba.tenancy.audit import Filter, every, write_csv

    wanted = Filter(subject=subject, first=first.date() if first else None, last=last.date() if last else None)
    with whole(out) as path, path.open("w", encoding="utf-8-sig", newline="") as stream:
        count = write_csv(stream, every(actor, wanted, reason))
    click.echo(f"{count:,} 件 entries")
    click.echo(str(out))
