"""`yakuba vault keys split`: the key that opens a vault, shared out among custodians on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yakuba.cli import _vault

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog="\b\nExample:  yakuba vault keys split --identity vault-keys/identity.txt --threshold 3 --custodians 5 "
    "--label '見本町 990019' --out sheets\n"
    "Print the sheets, hand them out, then remove the folder and, if you mean to, the identity.\n"
    "Exit codes: 0 written · 2 fewer than 2 of at most 16, or the folder is there · 3 the identity cannot be read"
)
@_vault.identity
@click.option(
    "--threshold", required=True, type=int, metavar="K", help="復元に要る枚数: sheets that give the key back."
)
@click.option("--custodians", required=True, type=int, metavar="N", help="保管者の人数: sheets in all.")
@click.option("--label", required=True, help="団体名など: what the sheets say whose key it is.")
@_vault.out
def command(identity: Path, threshold: int, custodians: int, label: str, out: Path) -> None:
    """分散保管 Write one sheet for each custodian; any K of N of them give the identity back."""
    from yakuba.kernel.errors import UsageError
    from yakuba.kernel.secret_file import write_secret
    from yakuba.kernel.town_time import today
    from yakuba.vault.keys import open_identity
    from yakuba.vault.sheets import About, sheets

    secret = open_identity(identity)
    day = today().isoformat()
    made = sheets(str(secret), threshold, custodians, About(label, str(secret.to_public()), day))
    if out.exists():
        raise UsageError(
            f"{out}: すでにあります is there already", remedy="別のフォルダーを指定してください choose another"
        )
    out.mkdir(mode=0o700, parents=True)
    for number, sheet in enumerate(made, start=1):
        write_secret(out / f"sheet-{number}.txt", sheet.encode())
    click.echo(f"{custodians} 枚のうち {threshold} 枚で元に戻ることを確かめました any {threshold} of them were tried")
    click.echo(
        "印刷して渡したら、このフォルダーを消してください print them, hand them out, remove this folder", err=True
    )
    click.echo(str(out))
