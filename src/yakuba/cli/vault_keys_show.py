"""`yakuba vault keys show PLACE`: who may write to a vault and who can open it."""

from __future__ import annotations

import click

from yakuba.cli import _vault
from yakuba.cli._console import print_json, table
from yakuba.kernel.town_time import shown


@click.command(
    epilog="\b\nExample:  yakuba vault keys show /mnt/far/990019\n"
    "Exit codes: 0 shown · 2 there is no vault · 3 it cannot be read · 4 it does not verify"
)
@_vault.place
@_vault.signer
@_vault.upto
@_vault.as_json
def command(place: str, signer: str | None, upto: int | None, as_json: bool) -> None:
    """鍵を示す Show who may write to the vault at PLACE, who can open it, and every change of keys."""
    from yakuba.kernel.fingerprint import fingerprint
    from yakuba.vault.chain import read_chain
    from yakuba.vault.store import open_store

    chain = read_chain(open_store(place), signer=signer, upto=upto)
    changes = [
        (entry.number, entry.written_at, [fingerprint(bytes.fromhex(one)) for one in entry.fields["signers"]],
         list(entry.fields["recipients"]), len(entry.fields.get("sealed_keys", ())))
        for entry in chain.entries if entry.kind in {"init", "keys"}
    ]  # fmt: skip
    if as_json:
        names = ("entry", "written_at", "signers", "recipients", "sealed_again")
        print_json({"vault": chain.vault, "changes": [dict(zip(names, change, strict=True)) for change in changes]})
        return
    for one in changes[-1][2]:
        click.echo(f"署名者の指紋 signer: {one}")
    for one in chain.recipients:
        click.echo(f"受取人 recipient: {one}")
    rows = [
        (number, shown(at), "\n".join(signers), "\n".join(recipients), sealed)
        for number, at, signers, recipients, sealed in changes
    ]
    columns = ("記入 entry", "日時 written", "署名者 signers", "受取人 recipients", "封じ直し sealed again")
    table("鍵の変遷 changes of keys", columns, rows, right=(0, 4))
