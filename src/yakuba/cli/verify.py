"""`yakuba verify DIR`: the other vendor's side of a handover. Needs the folder and nothing else."""

from __future__ import annotations

from pathlib import Path

import click

from yakuba.cli._console import print_json, progress
from yakuba.kernel.errors import Exit, NotProvenError


@click.command(
    epilog="\b\nExample:  yakuba verify my-run --signer '3fd7 538f 887b a933 b3df add2 8e15 89fd 7552 8417'\n"
    "Exit codes: 0 everything is as signed · 4 something is not, and the output says where"
)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--signer", metavar="FINGERPRINT", help="指紋: fingerprint of the key that must have signed.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
def command(folder: Path, signer: str | None, as_json: bool) -> int:
    """検証 Check that a run FOLDER is still what its sender signed."""
    from yakuba.migration.verification.verify import verify

    with progress() as listener:
        verdict = verify(folder, signer, listener)
    if as_json:
        print_json(verdict.as_dict())
        return Exit.CLEAN if verdict.proven else Exit.NOT_PROVEN
    for problem in verdict.problems:
        click.echo(problem.one_line())
    if not verdict.proven:
        remedy = "ask the sender for the folder again, or for an explanation"
        raise NotProvenError(f"{folder}: 証明できません {len(verdict.problems)} problems", remedy=remedy)
    click.echo(
        f"証明できました proven: {verdict.records:,} records, {verdict.rows:,} rows in {verdict.groups} tables, "
        f"{verdict.files} files unchanged since they were signed"
    )
    click.echo(f"署名者の指紋 signer: {verdict.fingerprint}")
    if signer is None:
        click.echo(
            "Compare this fingerprint with the sender over another channel (電話・書面), then use --signer.", err=True
        )
    return Exit.CLEAN
