"""`yakuba vault release PLACE N --reason …`: the end of a hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yakuba.cli import _vault

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog="\b\nExample:  yakuba vault release /mnt/far/990019 12 --keys vault-keys --reason '監査の終了 2027-02-01'\n"
    "Exit codes: 0 released · 2 it is not held, no reason · 3 the place or a clock cannot be used ·\n"
    "            4 the vault does not verify"
)
@_vault.place
@click.argument("generation", type=int)
@click.option("--reason", required=True, help="理由: who decided it and why; stands in the clear.")
@_vault.keys
@_vault.signer
def command(place: str, generation: int, reason: str, keys: Path, signer: str | None) -> None:
    """保存命令の解除 Release GENERATION; it goes with a later prune, if nothing else keeps it."""
    from yakuba.vault.services.holds import release

    chain = release(place, generation, reason, keys=keys, signer=signer)
    click.echo(f"世代 generation {generation}: 解除 released（記入 entry {chain.entries[-1].number}）")
