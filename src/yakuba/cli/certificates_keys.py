"""`yakuba certificates keys CODE`: the signing keys of a municipality, made when there are none."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import click

from yakuba.kernel.town_time import shown


@click.command(
    "keys",
    epilog="\b\nExample:  yakuba certificates keys 990019 --name 見本町 --out for-receivers\n"
    "Exit codes: 0 done · 2 signer.toml is wrong · 3 a key cannot be made or used",
)
@click.argument("municipality", metavar="CODE")
@click.option("--name", default="", help="団体名: for the certificate, when it is made now.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path),
    help="公開する部分の書出し先: folder for what receivers need, without any secret.",
)  # fmt: skip
def command(municipality: str, name: str, out: Path | None) -> None:
    """証明書の鍵 Open the keys that certificates of a municipality are signed with, and try them."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    from yakuba.certificates.signing.keys import open_keys
    from yakuba.certificates.signing.self_made import CA, CA_CERTIFICATE, PROOF_PUBLIC, SIGNER_CERTIFICATE
    from yakuba.kernel.home import yakuba_home

    signer = open_keys(municipality, name).signer
    certificate = x509.load_der_x509_certificate(signer.certificate)
    folder = yakuba_home() / "certificates" / municipality
    click.echo(f"鍵の場所 folder: {folder}")
    click.echo(f"署名者 signer: {certificate.subject.rfc4514_string()}")
    click.echo(f"有効期限 valid until: {shown(signer.valid_until)}")
    click.echo(f"指紋 SHA-256: {sha256(signer.certificate).hexdigest()}")
    if out is None:
        return
    own = certificate.public_bytes(Encoding.PEM)
    public = {PROOF_PUBLIC: (folder / PROOF_PUBLIC).read_bytes(), SIGNER_CERTIFICATE: own}
    authority = folder.parent / CA / CA_CERTIFICATE
    # Only of use, and only true, as long as it is this authority that vouches for the key.
    if certificate.issuer == x509.load_pem_x509_certificate(authority.read_bytes()).subject:
        public[CA_CERTIFICATE] = authority.read_bytes()
    out.mkdir(parents=True, exist_ok=True)
    for file, content in public.items():
        (out / file).write_bytes(content)
        click.echo(f"書き出しました written: {out / file}")
