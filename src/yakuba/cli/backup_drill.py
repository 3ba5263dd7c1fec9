"""`yakuba backup drill`: the newest generation of a 団体, brought to life in an empty place and compared."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import click

from yakuba.cli._console import print_json
from yakuba.cli._registry import acting
from yakuba.kernel.errors import Exit


@click.command(
    "drill",
    epilog="\b\nExample:  yakuba backup drill --municipality 990019 --vault vaults/990019 --identity identity.txt\n"
    "Exit codes: 0 passed · 2 no such municipality · 3 the record cannot be written · 4 failed: an alarm is raised",
)
@click.option("--municipality", required=True, metavar="CODE", help="団体コード (6 digits).")
@click.option("--vault", metavar="PLACE", help="保管庫 [default: of its plan].")
@click.option("--identity", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="鍵: file with AGE-SECRET-KEY-….")  # fmt: skip
@click.option("--signer", metavar="FINGERPRINT", help="指紋: key that must have signed [default: of its plan].")
@click.option(
    "--max-age", type=click.IntRange(1), metavar="HOURS", help="データの古さの上限 [default: of its plan, or 48]."
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder [default: HOME/drills/CODE].")
@click.option("--json", "as_json", is_flag=True, help="The signed record as JSON.")
def command(
    municipality: str,
    vault: str | None,
    identity: Path,
    signer: str | None,
    max_age: int | None,
    out: Path | None,
    as_json: bool,
) -> int:
    """復元訓練 Restore the newest generation in an empty place, compare, and sign the record. It can fail."""
    actor = acting(municipality)
    from yakuba.backup.drill.holding import hold
    from yakuba.backup.drill.planned import wanted

    age = timedelta(hours=max_age) if max_age else None
    held = hold(wanted(municipality, identity, place=vault, signer=signer, max_age=age, out=out), actor)
    if as_json:
        print_json(held.document)
    else:
        click.echo(f"復元訓練 drill: {'合格 passed' if held.ok else '不合格 FAILED'}　世代 generation {held.number}")
        for code, sentence in held.findings:
            click.echo(f"{code}: {sentence}")
        for path in held.files:
            click.echo(path)
    return Exit.CLEAN if held.ok else Exit.NOT_PROVEN
