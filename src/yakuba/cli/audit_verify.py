"""`yakuba audit verify`: check the chain of the logs, and name the first entry that was tampered with."""

from __future__ import annotations

from pathlib import Path

import click

from yakuba.cli._tenancy import logs
from yakuba.kernel.errors import Exit


@click.command(
    "verify",
    epilog="\b\nExample:  yakuba audit verify --anchor digests.csv\n"
    "Exit codes: 0 every log is as it was written · 4 a log was tampered with",
)
@click.option("--municipality", metavar="CODE", help="団体コード: only the log of this municipality.")
@click.option(
    "--anchor", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="ダイジェスト: a file of `audit digest` that was kept outside.",
)  # fmt: skip
def command(municipality: str | None, anchor: Path | None) -> int:
    """操作ログの検証 Check every log from its first entry to its last."""
    chosen = logs(municipality)
    from yakuba.tenancy.audit import read_anchor, verify

    broken = False
    for name, actor in chosen:
        kept = read_anchor(anchor, actor) if anchor else []
        problems = verify(actor, kept)
        broken = broken or bool(problems)
        if problems:
            click.echo(f"{name}: 改ざん・欠落があります tampered with, first: {problems[0].what}")
            for problem in problems[1:]:
                click.echo(f"    {problem.what}")
        else:
            click.echo(f"{name}: 正しい as it was written")
    return Exit.NOT_PROVEN if broken else Exit.CLEAN
