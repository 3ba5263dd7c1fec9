"""`yakuba kiosk trial CODE RUN_DIR --out DIR`: everything that the simulator needs for a town."""

from __future__ import annotations

from pathlib import Path

import click

from yakuba.cli._registry import acting


@click.command("trial", epilog="\b\nExample:  yakuba kiosk trial 990019 my-run --out kiosk-trial")
@click.argument("code")
@click.argument("run_dir", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="試験用フォルダ: keys and people.csv.")
def command(code: str, run_dir: Path, out: Path) -> None:
    """試験運転の用意をする Open a town's machines for a trial, with invented cards and keys of its own.

    RUN_DIR is the folder that was loaded. Repeat it for more towns with the same --out. For trials only: the machines
    are open day and night, and the keys bind nobody.
    """
    actor = acting(code)
    from yakuba.issuance.kiosk.trial import make_trial

    count = make_trial(actor, run_dir, out)
    click.echo(f"{count:,} 人にカードを用意しました cards for {count:,} people")
    click.echo(str(out))
