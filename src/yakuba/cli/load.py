"""`yakuba load RUN_DIR`: a proven migration becomes the municipality's records."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from yakuba.cli._console import print_json, progress
from yakuba.cli._registry import acting
from yakuba.kernel.errors import Exit


@click.command(
    epilog="\b\nExample:  yakuba load my-run --municipality 990019\n"
    "Exit codes: 0 loaded, or loaded before · 2 of another municipality, or --replace is missing ·\n"
    "            3 something was written since the former load · 4 the evidence does not verify"
)
@click.argument("run_dir", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--municipality", required=True, metavar="CODE", help="団体コード (6 digits).")
@click.option("--replace", is_flag=True, help="入れ替え: let the former load of the same businesses give way.")
@click.option("--signer", metavar="FINGERPRINT", help="指紋: fingerprint of the key that must have signed.")
@click.option("--json", "as_json", is_flag=True, help="The outcome as JSON.")
def command(run_dir: Path, municipality: str, replace: bool, signer: str | None, as_json: bool) -> int:
    """取込み Take a proven RUN_DIR into the registry, all or nothing."""
    actor = acting(municipality)
    from yakuba.registry.services import load

    with progress() as listener:
        loaded = load(run_dir, actor, replace=replace, signer=signer, progress=listener)
    if as_json:
        print_json(asdict(loaded))
        return Exit.CLEAN
    if loaded.already:
        click.echo(f"取込み済みです。何も変えていません already loaded from this evidence: {loaded.rows:,} rows")
        return Exit.CLEAN
    gone = f", {loaded.replaced} former loads replaced" if loaded.replaced else ""
    click.echo(
        f"取り込みました loaded: {loaded.rows:,} rows in {len(loaded.tables)} tables, {loaded.residents:,} people{gone}"
    )
    click.echo("数え直しも一致しました counted again in the database: the same")
    return Exit.CLEAN
