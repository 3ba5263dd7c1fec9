"""`yakuba vault init PLACE --municipality CODE --keys DIR`: a new vault, and its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yakuba.cli import _vault
from yakuba.cli._console import print_json

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog="\b\nExample:  yakuba vault init /mnt/far/990019 --municipality 990019 --keys vault-keys\n"
    "PLACE is a folder, or s3://bucket/prefix?endpoint=https://…&region=…\n"
    "Exit codes: 0 made · 2 there is a vault already, a code or key is none · 3 the place cannot be used"
)
@_vault.place
@click.option("--municipality", required=True, metavar="CODE", help="団体コード (6 digits).")
@_vault.keys
@click.option("--recipient", "recipients", multiple=True, metavar="AGE1…", help="ほかの受取人: who can open it, too.")
@_vault.as_json
def command(place: str, municipality: str, keys: Path, recipients: tuple[str, ...], as_json: bool) -> None:
    """保管庫を作る Make an empty vault at PLACE for one municipality, and its keys when there are none."""
    from yakuba.vault.keys import IDENTITY, open_signer
    from yakuba.vault.services.initialise import initialise
    from yakuba.vault.store import open_store

    chain = initialise(place, municipality, keys, recipients)
    fingerprint = open_signer(keys).fingerprint
    if as_json:
        facts = {"vault": chain.vault, "municipality": chain.municipality, "head": chain.head}
        print_json({**facts, "signer": fingerprint, "recipients": list(chain.recipients)})
        return
    click.echo(f"保管庫を作りました made: {place}")
    for warning in open_store(place).warnings():
        click.echo(warning, err=True)
    click.echo(f"署名者の指紋 signer: {fingerprint}")
    for one in chain.recipients:
        click.echo(f"受取人 recipient: {one}")
    click.echo(
        f"{keys / IDENTITY} がないと、だれも復元できません。紙に写すか分散保管（yakuba vault keys split）してから、"
        "この機械から消してください without it nobody can restore: put it on paper, then remove it here",
        err=True,
    )
