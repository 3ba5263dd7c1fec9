"""`yakuba migrate collect RUN XLSX…`: the departments' answers, gathered into the decisions file of the project."""

from __future__ import annotations

from pathlib import Path

import click

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    epilog="\b\nExample:  yakuba migrate collect my-run juminka.xlsx zeimuka.xlsx --into my-town/decisions.csv"
)
@click.argument("run", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("workbooks", type=_FILE, nargs=-1, required=True, metavar="XLSX...")
@click.option("--into", "decisions", type=click.Path(dir_okay=False, path_type=Path), required=True,
              help="判断: decisions file of the project; earlier answers in it are kept.")  # fmt: skip
def command(run: Path, workbooks: tuple[Path, ...], decisions: Path) -> None:
    """判断の回収 Gather the answers that departments wrote into RUN's findings.xlsx, for the next run to obey."""
    from yakuba.migration.report.answers import collect_answers

    found = collect_answers(run, workbooks, decisions)
    click.echo(f"新しい判断 new: {found.new:,}　変わった判断 changed: {found.changed:,}　合計 total: {found.total:,}")
    click.echo(f"判断 decisions: {decisions}")
