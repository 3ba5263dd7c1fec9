"""Keys held in memory (保持した鍵): parsed and checked once, where the library's own signer does so every time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key, pkcs12
from pyhanko.sign.signers import Signer

from yakuba.kernel.errors import CannotContinueError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes, PublicKeyTypes

    from yakuba.certificates.signing.settings import KeyFile

DIGEST = "sha256"
_PKCS12 = (".p12", ".pfx")


class HeldSigner(Signer):
    """A signer whose private key is at hand.

    Args:
        key: RSA, or an elliptic curve's. certificate: its owner's. chain: of the authorities above.
    """

    def __init__(
        self,
        key: RSAPrivateKey | EllipticCurvePrivateKey,
        certificate: asn1.Certificate,
        chain: Sequence[asn1.Certificate],
    ) -> None:
        super().__init__(signing_cert=certificate, embed_roots=False)
        self.cert_registry.register_multiple(chain)
        self._key = key

    def sign_raw(self, data: bytes) -> bytes:
        """Signature over `data`, with SHA-256."""
        if isinstance(self._key, RSAPrivateKey):
            return self._key.sign(data, PKCS1v15(), SHA256())
        return self._key.sign(data, ECDSA(SHA256()))

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: ARG002 - the library's signature
        """As `sign_raw`; a trial run signs in earnest, it costs less than guessing a length."""
        if digest_algorithm != DIGEST:
            raise ValueError(digest_algorithm)
        return self.sign_raw(data)


def open_key(source: KeyFile) -> HeldSigner:
    """Read a key and its certificates from their files.

    Raises:
        CannotContinueError: unreadable, wrong password, of another kind, or not the key of that certificate.
    """
    remedy = "check the files and the password named in signer.toml"
    try:
        key, certificates = _pkcs12(source) if source.certificate is None else _pem(source, source.certificate)
    except OSError as error:
        raise CannotContinueError(f"{error.filename}: {error.strerror}", remedy=remedy) from error
    except (ValueError, TypeError) as error:
        raise CannotContinueError(f"{source.key}: the key or its password is wrong", remedy=remedy) from error
    if not isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey):
        raise CannotContinueError(f"{source.key}: not an RSA or elliptic curve key", remedy="use another key")
    if certificates and _same(key.public_key(), certificates[0].public_key()):
        first, *chain = asn1_certificates(certificates)
        return HeldSigner(key, first, chain)
    raise CannotContinueError(f"{source.key}: the certificate is of another key", remedy=remedy)


def asn1_certificates(certificates: Sequence[x509.Certificate]) -> list[asn1.Certificate]:
    """Certificates in the form that the signing library wants."""
    return [asn1.Certificate.load(one.public_bytes(Encoding.DER)) for one in certificates]


def read_certificates(path: Path) -> list[x509.Certificate]:
    """The certificates of a file, PEM or DER.

    Raises:
        CannotContinueError: unreadable, or none in it.
    """
    try:
        raw = path.read_bytes()
        return x509.load_pem_x509_certificates(raw) if b"-----BEGIN" in raw else [x509.load_der_x509_certificate(raw)]
    except OSError as error:
        raise CannotContinueError(f"{path}: {error.strerror}", remedy="check the path and its rights") from error
    except ValueError as error:
        raise CannotContinueError(f"{path}: there is no certificate in it", remedy="give a PEM or DER file") from error


def _pem(source: KeyFile, certificate: Path) -> tuple[PrivateKeyTypes | None, list[x509.Certificate]]:
    password = source.password.encode("utf-8") or None
    return load_pem_private_key(source.key.read_bytes(), password), read_certificates(certificate)


def _pkcs12(source: KeyFile) -> tuple[PrivateKeyTypes | None, list[x509.Certificate]]:
    if source.key.suffix.lower() not in _PKCS12:
        remedy = 'add certificate = "…" to signer.toml'
        raise CannotContinueError(f"{source.key}: no certificate is named for it", remedy=remedy)
    password = source.password.encode("utf-8") or None
    key, certificate, chain = pkcs12.load_key_and_certificates(source.key.read_bytes(), password)
    return key, [one for one in (certificate, *chain) if one is not None]


def _same(one: PublicKeyTypes, other: PublicKeyTypes) -> bool:
    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return one.public_bytes(*form) == other.public_bytes(*form)
