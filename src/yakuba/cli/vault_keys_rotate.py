"""`yakuba vault keys rotate PLACE`: other keys from now on, on request also for what was written before."""

from __future__ import annotations

from pathlib import Path

import click

from yakuba.cli import _vault


@click.command(
    epilog="\b\nExample:  yakuba vault keys rotate /mnt/far/990019 --keys vault-keys --new-keys vault-keys-2027\n"
    "A stolen identity: --new-keys … --drop age1OLD --rewrap OLD-IDENTITY; then share out the new one.\n"
    "Exit codes: 0 changed · 2 nothing would change, nobody could open it, no recipient · 3 as for backup ·\n"
    "            4 the vault does not verify, or the identity does not open it"
)
@_vault.place
@_vault.keys
@click.option(
    "--new-keys", type=click.Path(file_okay=False, path_type=Path),
    help="新しい鍵のフォルダー: its signer alone writes from now on; made when there is none, with --rewrap all of it.",
)  # fmt: skip
@click.option("--add", multiple=True, metavar="AGE1…", help="受取人を加える: can open, too; needs --rewrap.")
@click.option(
    "--drop", multiple=True, metavar="AGE1…", help="受取人を除く: can no longer open what is sealed from now on."
)
@click.option(
    "--rewrap", type=click.Path(exists=True, path_type=Path),
    help="今の復号の鍵: seal also the keys of what was written before to the new recipients.",
)  # fmt: skip
@_vault.signer
def command(
    place: str,
    keys: Path,
    new_keys: Path | None,
    add: tuple[str, ...],
    drop: tuple[str, ...],
    rewrap: Path | None,
    signer: str | None,
) -> None:
    """鍵の交代 Change who writes to the vault at PLACE and who can open it; what was signed before stays valid."""
    from yakuba.vault.keys import open_signer
    from yakuba.vault.services.rotate import Change, rotate

    chain = rotate(place, Change(new_keys, add, drop), keys=keys, rewrap=rewrap, signer=signer)
    click.echo(f"鍵を交代しました changed（記入 entry {chain.entries[-1].number}）")
    click.echo(f"署名者の指紋 signer: {open_signer(new_keys or keys).fingerprint}")
    for one in chain.recipients:
        click.echo(f"受取人 recipient: {one}")
    if rewrap is None and drop:
        click.echo(
            "除いた受取人も、これまでの世代は開けます。封じ直すには --rewrap "
            "who was dropped still opens what was written before; --rewrap seals it again",
            err=True,
        )
