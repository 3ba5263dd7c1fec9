"""`yakuba kiosk centre CODE NAME CERTIFICATE`: let a 証明書交付センター in."""

from __future__ import annotations

from pathlib import Path

import click

from yakuba.cli._registry import acting


@click.command("centre", epilog="\b\nExample:  yakuba kiosk centre 990019 '交付センター' centre.pem")
@click.argument("code")
@click.argument("name")
@click.argument("certificate", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--revoke", is_flag=True, help="取り消す This certificate is worth nothing here from now on.")
def command(code: str, name: str, certificate: Path, *, revoke: bool) -> None:
    """交付センターの証明書を登録する Let a centre ask for this town by its CERTIFICATE (PEM); print the fingerprint."""
    actor = acting(code)
    from yakuba.issuance.kiosk.administration import admit, expel
    from yakuba.kernel.certificate import fingerprint_of

    raw = certificate.read_bytes()
    if revoke:
        fingerprint = fingerprint_of(raw)
        expel(actor, fingerprint)
    else:
        fingerprint = admit(actor, name, raw)
    click.echo(fingerprint)
