"""Certificate (証明書) of the machine at the other end of a line: read, and known by its fingerprint."""

from __future__ import annotations

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from yakuba.kernel.errors import UsageError


def read_certificate(pem: bytes) -> x509.Certificate:
    """A certificate from its PEM text.

    Raises:
        UsageError: it is none.
    """
    try:
        return x509.load_pem_x509_certificate(pem)
    except ValueError as error:
        raise UsageError("証明書として読めません", remedy="PEM 形式の証明書ファイルを指定してください") from error


def fingerprint_of(pem: bytes) -> str:
    """SHA-256 of a certificate, hex. Errors as for `read_certificate`."""
    return read_certificate(pem).fingerprint(SHA256()).hex()
