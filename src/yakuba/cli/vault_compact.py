"""`yakuba vault compact PLACE`: a generation of many objects, stored once more as one."""

from __future__ import annotations

from pathlib import Path

import click

from yakuba.cli import _vault
from yakuba.cli._console import print_json, progress


@click.command(
    epilog="\b\nExample:  yakuba vault compact /mnt/far/990019 --keys vault-keys --identity /media/usb/identity.txt\n"
    "Exit codes: 0 done · 2 no such generation, or it is one object already · 3 the place or a clock cannot be used ·\n"
    "            4 it does not verify; the generation stays as it was"
)
@_vault.place
@click.option("--generation", "number", type=int, metavar="N", help="世代の番号: the newest when not given.")
@_vault.identity
@_vault.keys
@click.option("--state", type=click.Path(file_okay=False, path_type=Path), help="作業場所: default KEYS/state.")
@_vault.signer
@_vault.as_json
def command(
    place: str, number: int | None, identity: Path, keys: Path, state: Path | None, signer: str | None, as_json: bool
) -> None:
    """まとめ直し Store a generation of the vault at PLACE once more, as one object, and prove it equal."""
    from yakuba.vault.services.compact import compact

    with progress() as listener:
        done = compact(
            place, number, identity=identity, keys=keys, work=state or keys / "state", signer=signer, progress=listener
        )
    if as_json:
        print_json({"generation": done.number, "before": done.before, "size": done.size, "head": done.chain.head})
        return
    click.echo(
        f"世代 generation {done.number}: {done.before} objects → 1（{done.size:,} bytes）、元と一致 proven equal"
    )
    click.echo("元の封印物は、次の yakuba vault prune で消えます the old ones go with a later prune")
