"""`yakuba certificates sample`: every kind of certificate for its hard cases, as PDF and as pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from yakuba.cli import _console
from yakuba.kernel.errors import Exit, UsageError

if TYPE_CHECKING:
    from yakuba.certificates.samples import Sample

_PPI = 144.0


@click.command("sample")
@click.option("--all", "every", is_flag=True, help="Every kind of certificate.")
@click.option("--kind", "kinds", multiple=True, help="Only this kind; may be repeated (juminhyo, inkan …).")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder; new or empty.")
@click.option("--png", is_flag=True, help="Also a picture of every page.")
@click.option("--preview", is_flag=True, help="Watermarked 見本, without seal and number.")
@click.option("--json", "as_json", is_flag=True, help="What was written, as JSON.")
def command(*, every: bool, kinds: tuple[str, ...], out: Path, png: bool, preview: bool, as_json: bool) -> None:
    """証明書の見本を作る Draw every kind of certificate for its hard cases, of people who do not exist.

    \b
    yakuba certificates sample --all --out samples
    yakuba certificates sample --kind juminhyo --png --out samples
    """
    from yakuba.certificates.kinds import kind
    from yakuba.certificates.samples import samples, samples_of

    if every == bool(kinds):
        raise UsageError("say what to draw", remedy="give --all, or --kind once or more")
    if out.exists() and any(out.iterdir()):
        raise UsageError(f"{out}: the folder is not empty", remedy="name a new folder; nothing is overwritten")
    found = samples() if every else tuple(sample for name in kinds for sample in samples_of(kind(name)))
    out.mkdir(parents=True, exist_ok=True)
    rows = [_row(sample, out, preview=preview, png=png) for sample in found]
    if as_json:
        names = ("kind", "case", "pages", "file", "result")
        _console.print_json([dict(zip(names, row, strict=True)) for row in rows])
    else:
        columns = ("種類 kind", "事例 case", "枚数 pages", "ファイル file", "結果 result")
        _console.table("証明書の見本 Samples", columns, rows, right=(2,))
    if any(row[-1].startswith("!") for row in rows):
        raise click.exceptions.Exit(Exit.FINDINGS)


def _row(sample: Sample, out: Path, *, preview: bool, png: bool) -> tuple[str, str, int, str, str]:
    """Draw one case; a case that must be refused and is drawn, or the other way round, is marked with "!"."""
    from dataclasses import replace

    from yakuba.certificates.drawing import NotDrawableError, compose, render, rendered_pictures
    from yakuba.certificates.samples import sample_proof

    order = replace(sample.order, preview=preview)
    try:
        composed = compose(order, sample.record, sample.issuer, sample.look)
    except NotDrawableError as error:
        codes = "、".join(dict.fromkeys(one.code for one in error.findings))
        wanted = all(code in codes for code in sample.refused) and sample.refused
        return (sample.kind.identifier, sample.name, 0, "", f"{'' if wanted else '! '}描かない refused: {codes}")
    path = out / f"{sample.kind.identifier}-{sample.name}.pdf"
    text = sample_proof(composed)
    path.write_bytes(render(composed, text).pdf)
    if png:
        for number, picture in enumerate(rendered_pictures(composed, text, ppi=_PPI), start=1):
            path.with_name(f"{path.stem}-{number}.png").write_bytes(picture)
    result = "! 描いてはならない must be refused" if sample.refused else "作成 drawn"
    return (sample.kind.identifier, sample.name, composed.pages, path.name, result)
