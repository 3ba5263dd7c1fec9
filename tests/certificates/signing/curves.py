"""A municipality's folder whose signing key is on an elliptic curve instead of RSA."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from yakuba.certificates.signing.self_made import CA, CA_KEY, SIGNER_CERTIFICATE, SIGNER_KEY

if TYPE_CHECKING:
    from pathlib import Path


def with_curve(folder: Path, curve: ec.EllipticCurve) -> Path:
    """Replace the key, and have the same authority vouch for the new one under the same name."""
    authority = load_pem_private_key((folder.parent / CA / CA_KEY).read_bytes(), password=None)
    assert isinstance(authority, rsa.RSAPrivateKey)
    before, root = x509.load_pem_x509_certificates((folder / SIGNER_CERTIFICATE).read_bytes())
    key = ec.generate_private_key(curve)
    builder = (
        x509.CertificateBuilder()
        .subject_name(before.subject)
        .issuer_name(root.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(before.not_valid_before_utc)
        .not_valid_after(before.not_valid_after_utc)
    )
    for kept in (x509.KeyUsage, x509.AuthorityKeyIdentifier):
        found = before.extensions.get_extension_for_class(kept)
        builder = builder.add_extension(found.value, critical=found.critical)
    pem = (builder.sign(authority, SHA256()).public_bytes(Encoding.PEM), root.public_bytes(Encoding.PEM))
    (folder / SIGNER_CERTIFICATE).write_bytes(b"".join(pem))
    (folder / SIGNER_KEY).write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return folder
