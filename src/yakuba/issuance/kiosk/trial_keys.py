"""Trial certificates (試験用の証明書): an authority, the server's and a centre's, for trying out and for tests.

They are as good as any for TLS and bind nobody: in real service the centre brings its own.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

if TYPE_CHECKING:
    from pathlib import Path

_CLIENT, _SERVER = ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SERVER_AUTH
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate and its key, in memory."""

    certificate: x509.Certificate
    key: EllipticCurvePrivateKey

    def write(self, folder: Path, name: str) -> tuple[Path, Path]:
        """Put both into PEM files; nobody else may read the key."""
        certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
        certificate.write_bytes(self.certificate.public_bytes(Encoding.PEM))
        raw = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        with os.fdopen(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            stream.write(raw)
        return certificate, key


def authority(name: str = "Yakuba 試験認証局", *, days: int = 365) -> Pair:
    """An authority of its own."""
    key = generate_private_key(SECP256R1())
    holder = _name(name)
    built = _builder(holder, holder, key, timedelta(days=days)).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    usage = x509.KeyUsage(
        digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return Pair(built.add_extension(usage, critical=True).sign(key, SHA256()), key)


def issued(by: Pair, name: str, *, server: bool = False, valid: timedelta = timedelta(days=90)) -> Pair:
    """A certificate of an authority: of a centre, or of a server on this machine. A negative `valid` has expired."""
    key = generate_private_key(SECP256R1())
    built = _builder(_name(name), by.certificate.subject, key, valid)
    built = built.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    built = built.add_extension(x509.ExtendedKeyUsage([_SERVER if server else _CLIENT]), critical=False)
    signer = by.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    built = built.add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(signer), critical=False)
    if server:
        here = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1")), x509.IPAddress(ip_address("::1"))]
        built = built.add_extension(x509.SubjectAlternativeName(here), critical=False)
    return Pair(built.sign(by.key, SHA256()), key)


def make_trial_keys(folder: Path) -> None:
    """authority.pem, server.pem and centre.pem with their keys, for one machine."""
    folder.mkdir(parents=True, exist_ok=True)
    root = authority()
    root.write(folder, "authority")
    issued(root, "localhost", server=True).write(folder, "server")
    issued(root, "試験 交付センター").write(folder, "centre")


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: EllipticCurvePrivateKey, valid: timedelta
) -> x509.CertificateBuilder:
    until = datetime.now(UTC) + valid
    return (
        x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(min(datetime.now(UTC), until) - _HOUR)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
