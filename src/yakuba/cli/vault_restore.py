"""`yakuba vault restore PLACE --identity FILE --out DIR`: a generation as the folder that it was taken of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yakuba.cli import _vault
from yakuba.cli._console import progress

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog="\b\nExample:  yakuba vault restore /mnt/far/990019 --identity identity.txt --out town-again\n"
    "Exit codes: 0 restored, counted and digested again · 2 no such generation, DIR is not empty ·\n"
    "            3 the place or the disk cannot be used · 4 it does not verify; nothing is left in DIR"
)
@_vault.place
@_vault.identity
@_vault.out
@_vault.generation
@click.option("--table", "tables", multiple=True, metavar="業務/グループ", help="表: only these tables.")
@_vault.signer
@_vault.upto
@_vault.as_json
def command(
    place: str,
    identity: Path,
    out: Path,
    number: int | None,
    as_of: str | None,
    tables: tuple[str, ...],
    signer: str | None,
    upto: int | None,
    as_json: bool,
) -> None:
    """復元 Restore a generation from the vault at PLACE: standard-layout CSV, proven equal to what was sent."""
    from yakuba.vault.services.restore import restore

    with progress() as listener:
        restored = restore(
            place, number, identity=identity, out=out, tables=tables, signer=signer, upto=upto, progress=listener,
            as_of=_vault.moment(as_of, end=True) if as_of else None,
        )  # fmt: skip
    _vault.tell(restored, out, as_json=as_json)
