"""`yakuba certificates batch`: many papers of one kind, each checked like a single one; goes on where it stopped."""

from __future__ import annotations

from pathlib import Path

import click

from yakuba.cli._console import print_json, progress
from yakuba.cli._registry import acting
from yakuba.kernel.errors import Exit


@click.command(
    epilog="\b\nExample:  yakuba certificates batch --municipality 990019 --kind juminhyo --list people.txt"
    " --purpose 現況届 --out papers"
)
@click.option("--municipality", required=True, metavar="CODE", help="団体コード (6 digits).")
@click.option("--kind", required=True, metavar="KIND", help="証明書: juminhyo, shotoku_kazei … (folder names).")
@click.option(
    "--list",
    "numbers",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="宛名番号, one a line; # begins a remark.",
)
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder of the papers.")
@click.option("--purpose", required=True, help="使用目的: kept in the ledger and the log.")
@click.option("--choice", "choices", multiple=True, metavar="NAME[=VALUE]", help="記載事項, as certificate.toml says.")
@click.option("--exemption", default="", help="手数料の免除: official, disaster …; without it the fee is entered.")
@click.option("--json", "as_json", is_flag=True, help="The outcome as JSON.")
def command(
    municipality: str,
    kind: str,
    numbers: Path,
    out: Path,
    purpose: str,
    choices: tuple[str, ...],
    exemption: str,
    as_json: bool,
) -> int:
    """一括作成 Make a paper for everybody on a list. Run again, it goes on and makes nothing twice."""
    actor = acting(municipality)
    from yakuba.issuance.batch import Batch, run

    chosen: dict[str, bool | str] = {}
    for said in choices:
        name, _, value = said.partition("=")
        chosen[name] = value or True
    with progress() as listener:
        done = run(actor, Batch(kind, numbers, out, purpose, chosen, exemption), listener)
    if as_json:
        print_json({"made": done.made, "kept": done.kept, "refused": done.refused, "out": str(out)})
    else:
        for addressee, why in done.refused.items():
            click.echo(f"{addressee}: {why}")
        click.echo(
            f"作成 made {done.made:,}　前に作成 kept {done.kept:,}　交付せず refused {len(done.refused):,}　{out}"
        )
    return Exit.FINDINGS if done.refused else Exit.CLEAN
