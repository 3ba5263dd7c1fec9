"""`yakuba vault hold PLACE N --reason …`: a generation that no policy gives up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yakuba.cli import _vault

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog="\b\nExample:  yakuba vault hold /mnt/far/990019 12 --keys vault-keys --reason '監査委員の求め 2026-11-20'\n"
    "Exit codes: 0 held · 2 no such generation, no reason · 3 the place or a clock cannot be used ·\n"
    "            4 the vault does not verify"
)
@_vault.place
@click.argument("generation", type=int)
@click.option(
    "--reason", required=True, help="理由: on whose order and why; stands in the clear, so no residents' names."
)
@_vault.keys
@_vault.signer
def command(place: str, generation: int, reason: str, keys: Path, signer: str | None) -> None:
    """保存命令 Hold GENERATION of the vault at PLACE until it is released; its store locks it for a year each time."""
    from yakuba.vault.services.holds import hold

    chain = hold(place, generation, reason, keys=keys, signer=signer)
    click.echo(f"世代 generation {generation}: 保存命令 held（記入 entry {chain.entries[-1].number}）")
