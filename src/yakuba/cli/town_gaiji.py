"""`yakuba town gaiji`: the private glyphs of a fictitious town, as its old vendor hands them over."""

from __future__ import annotations

from pathlib import Path

import click

from yakuba.cli._console import print_json
from yakuba.kernel.errors import UsageError


@click.command("gaiji")
@click.option(
    "--residents", type=click.IntRange(10, 5_000_000), default=1000, show_default=True, help="Live residents."
)
@click.option("--seed", type=int, default=1, show_default=True, help="Same seed, same bytes.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder; new or empty.")
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
def command(*, residents: int, seed: int, out: Path, as_json: bool) -> None:
    """架空の外字フォントを作る Make a fictitious vendor's font of private glyphs, its usage list, and the truth.

    \b
    yakuba town gaiji --residents 1000 --out my-gaiji
    """
    from yakuba.town.vendor_gaiji import FONT, TRUTH, USAGE, write_gaiji

    if out.exists() and any(out.iterdir()):
        raise UsageError(f"{out}: the folder is not empty", remedy="name a new folder; nothing is overwritten")
    out.mkdir(parents=True, exist_ok=True)
    made = write_gaiji(out, residents, seed)
    if as_json:
        print_json(made | {"files": [FONT, USAGE, TRUTH], "out": str(out)})
        return
    click.echo(f"外字 glyphs {made['glyphs']:,}　使う人 people {made['people']:,}")
    click.echo(f"{out / USAGE}\n{out / TRUTH}\n{out / FONT}")
