"""`yakuba town make`: a fictitious town in the form of an old system, with a project file that leads back."""

from __future__ import annotations

from pathlib import Path

import click

from yakuba.cli import _console
from yakuba.kernel.errors import UsageError


@click.command("make")
@click.option(
    "--residents", type=click.IntRange(10, 5_000_000), default=1000, show_default=True, help="Live residents."
)
@click.option("--seed", type=int, default=1, show_default=True, help="Same seed, same bytes.")
@click.option("--form", "form_name", default="vendor-a", show_default=True, help="kihon, chukan, vendor-a, -b or -c.")
@click.option(
    "--defects", type=click.Choice(["none", "realistic"]), default="none", show_default=True,
    help="Plant defects of every category and write truth.csv beside the data.",
)  # fmt: skip
@click.option("--municipality", default="990019", show_default=True, help="団体コード: 990019 見本町 or 990027 例示村.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder; new or empty.")
@click.option("--json", "as_json", is_flag=True, help="The summary as JSON.")
def command(
    *, residents: int, seed: int, form_name: str, defects: str, municipality: str, out: Path, as_json: bool
) -> None:
    """架空の町を作る Make a wholly fictitious town: residents, taxes, seals, in an old system's dump.

    \b
    yakuba town make --residents 1000 --form vendor-a --defects realistic --out my-town
    """
    from yakuba.town.make import forms, make
    from yakuba.town.neighbour import TOWNS

    if form_name not in forms():
        raise UsageError(f"--form {form_name}: no such form", remedy=f"choose from {', '.join(forms())}")
    if municipality not in TOWNS:
        raise UsageError(
            f"--municipality {municipality}: no such fictitious town", remedy=f"choose from {', '.join(TOWNS)}"
        )
    if out.exists() and any(out.iterdir()):
        raise UsageError(f"{out}: the folder is not empty", remedy="name a new folder; nothing is overwritten")
    with _console.progress() as progress:
        made = make(
            residents,
            seed,
            form_name,
            out,
            defects=defects == "realistic",
            municipality=municipality,
            progress=progress,
        )
    if as_json:
        _console.print_json(made.summary() | {"out": str(out)})
        return
    _console.table("件数 Records", ("ファイル file", "件数 records"), list(made.records.items()), right=(1,))
    if made.planted:
        planted = sorted(made.planted.items(), key=lambda one: int(one[0][1:]))
        _console.table("埋めた不正 Planted defects", ("分類 category", "件数"), planted, right=(1,))
    click.echo(f"\n{out / 'project.toml'}")
    if made.planted:
        click.echo(f"{out / 'truth.csv'}")
