"""`yakuba vault extract PLACE --addressee NO --identity FILE --out DIR`: one person, or one table, of any day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yakuba.cli import _vault
from yakuba.cli._console import progress

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog="\b\nExample:  yakuba vault extract /mnt/far/990019 --addressee 1000000015 --as-of 2026-11-01"
    " --identity identity.txt --out one-person\n"
    "Exit codes: 0 written, also when there is no such person · 2 nothing to extract, no such generation ·\n"
    "            3 the place or the disk cannot be used · 4 it does not verify"
)
@_vault.place
@click.option("--addressee", default="", metavar="NO", help="宛名番号: rows with this number in any table.")
@click.option("--table", default="", metavar="業務/グループ", help="表: this table, of everyone or of --addressee.")
@_vault.identity
@_vault.out
@_vault.generation
@_vault.signer
@_vault.upto
@_vault.as_json
def command(
    place: str,
    addressee: str,
    table: str,
    identity: Path,
    out: Path,
    number: int | None,
    as_of: str | None,
    signer: str | None,
    upto: int | None,
    as_json: bool,
) -> None:
    """抜き出し Write one person's rows, or one table, as they were on a day, from the vault at PLACE."""
    from yakuba.vault.services.extract import extract

    with progress() as listener:
        restored = extract(
            place, number, identity=identity, out=out, table=table, addressee=addressee, signer=signer, upto=upto,
            as_of=_vault.moment(as_of, end=True) if as_of else None, progress=listener,
        )  # fmt: skip
    _vault.tell(restored, out, as_json=as_json)
