"""`yakuba certificates images`: take in the pictures that records name, imprints of registered seals."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from yakuba.cli._console import progress
from yakuba.cli._registry import acting
from yakuba.kernel.errors import Exit, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.kernel.progress import Progress


@click.command(epilog="\b\nExample:  yakuba certificates images imprints --municipality 990019")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--municipality", required=True, metavar="CODE", help="団体コード (6 digits).")
def command(folder: Path, municipality: str) -> int:
    """印影の取込み Take in the pictures of a folder (PNG, SVG) by the names that 印鑑登録原票 gives them."""
    actor = acting(municipality)
    from yakuba.issuance.services import keep_images

    paths = sorted(path for path in folder.iterdir() if path.is_file())
    if not paths:
        raise UsageError(f"{folder}: no file", remedy="name the folder with the pictures of the old system")
    with progress() as listener:
        listener.stage("印影 imprints", len(paths), "files")
        new = keep_images(actor, _read(paths, listener))
    click.echo(f"取り込みました taken in: {new:,} new or changed of {len(paths):,}")
    return Exit.CLEAN


def _read(paths: list[Path], listener: Progress) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        yield path.name, path.read_bytes()
        listener.advance(1)
