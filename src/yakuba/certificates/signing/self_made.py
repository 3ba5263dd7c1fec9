"""Keys made at set-up (自己作成の鍵): an authority of this installation, and the keys that it vouches for.

They prove that a paper came from this installation unchanged, and nothing about who runs it: nobody outside trusts an
authority that somebody made for himself. For real use a municipality brings its own (職責証明書, LGPKI) in signer.toml.

    $YAKUBA_HOME/certificates/ca/       ca.key.pem ca.cert.pem ca.crl
    $YAKUBA_HOME/certificates/990019/   signer.toml signer.key.pem signer.cert.pem   the signature
                                        proof.key.pem proof.pub.pem                  the 2D code
                                        guard.key                                    the inner tag
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID, ObjectIdentifier

from yakuba.certificates.signing.settings import FILE
from yakuba.kernel.errors import CannotContinueError, UsageError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

SIGNER_KEY, SIGNER_CERTIFICATE = "signer.key.pem", "signer.cert.pem"
PROOF_KEY, PROOF_PUBLIC = "proof.key.pem", "proof.pub.pem"
GUARD_KEY = "guard.key"
CA, CA_KEY, CA_CERTIFICATE, CA_LIST = "ca", "ca.key.pem", "ca.cert.pem", "ca.crl"

_CODE = re.compile("[0-9]{6}")
_RSA_BITS = 2048
"""As certificates of municipal officers have (職責証明書): a trial is as fast and as large as the real thing."""
_EXPONENT = 65537
_GUARD_BYTES = 32
_YEARS = timedelta(days=3652)
_SIGNER_YEARS = timedelta(days=1826)
_DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")
_SELF_MADE = "自己作成・対外的な証明力なし"
"""Stands in every name, so that nobody takes a trial for the real thing."""
_SETTINGS = f"""# 署名の鍵。これは役場が自分で作った試験用の鍵で、外の人が信頼する根拠はありません。
# 本番では、団体の職責証明書などの鍵に書き換えてください（docs/ja/certificates.md）。
key = "{SIGNER_KEY}"
certificate = "{SIGNER_CERTIFICATE}"
"""


def make_keys(home: Path, municipality: str, name: str) -> Path:
    """The folder with the keys of a municipality; made on the first call, by whoever comes first.

    Args:
        home: of the installation. municipality: 団体コード. name: of the municipality, for the certificate.

    Raises:
        UsageError: the code is none; it names a folder.
        CannotContinueError: the folder cannot be written, or the authority's key cannot be read.
    """
    if not _CODE.fullmatch(municipality):
        raise UsageError(f"{municipality!r} is no 団体コード", remedy="give the six digits")
    folder = home / "certificates" / municipality
    if (folder / FILE).exists():
        return folder
    authority = home / "certificates" / CA
    try:
        if not (authority / CA_CERTIFICATE).exists():
            _whole(authority, _authority())
        _whole(folder, _keys(authority, municipality, name))
    except (OSError, ValueError, TypeError) as error:
        remedy = "check the rights of the folder, or restore it from its copy"
        raise CannotContinueError(f"{folder}: the keys cannot be made", remedy=remedy) from error
    return folder


def _whole(folder: Path, files: dict[str, bytes]) -> None:
    """A folder of secrets that appears at once with everything in it; if another process was first, its stays."""
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        for name, content in files.items():
            handle = os.open(fresh / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
        fresh.rename(folder)
    except OSError:
        # A folder with something in it cannot be renamed over: the other process's keys are as good as ours.
        if not folder.is_dir():
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _authority() -> dict[str, bytes]:
    key = rsa.generate_private_key(_EXPONENT, _RSA_BITS)
    # Two installations' authorities must not be taken for each other by their name.
    name = _name(f"役場 自己作成認証局 {secrets.token_hex(4)}", _SELF_MADE)
    now = _now()
    certificate = (
        _certificate(name, name, key, now, _YEARS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(authority=True), critical=True)
        .sign(key, SHA256())
    )
    # An authority that signs nothing but certificates of its own installation has nothing to revoke: removing a key
    # file is enough. The empty list is there so that signatures can carry it for long-term validation.
    withdrawn = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(name)
        .last_update(now)
        .next_update(now + _YEARS)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .add_extension(x509.CRLNumber(1), critical=False)
        .sign(key, SHA256())
    )
    return {
        CA_KEY: _private(key),
        CA_CERTIFICATE: certificate.public_bytes(Encoding.PEM),
        CA_LIST: withdrawn.public_bytes(Encoding.DER),
    }


def _keys(authority: Path, municipality: str, name: str) -> dict[str, bytes]:
    ca_key = load_pem_private_key((authority / CA_KEY).read_bytes(), password=None)
    if not isinstance(ca_key, rsa.RSAPrivateKey):
        raise TypeError("the authority's key is no RSA key")  # only of our own making, so no way back for the user
    ca = x509.load_pem_x509_certificate((authority / CA_CERTIFICATE).read_bytes())
    key, proof = rsa.generate_private_key(_EXPONENT, _RSA_BITS), Ed25519PrivateKey.generate()
    certificate = (
        _certificate(_name(name or municipality, municipality, _SELF_MADE), ca.subject, key, _now(), _SIGNER_YEARS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(authority=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([_DOCUMENT_SIGNING]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False)
        .sign(ca_key, SHA256())
    )
    return {
        SIGNER_KEY: _private(key),
        SIGNER_CERTIFICATE: certificate.public_bytes(Encoding.PEM) + ca.public_bytes(Encoding.PEM),
        PROOF_KEY: _private(proof),
        PROOF_PUBLIC: proof.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        GUARD_KEY: secrets.token_hex(_GUARD_BYTES).encode("ascii") + b"\n",
        FILE: _SETTINGS.encode("utf-8"),
    }


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPrivateKey, now: datetime, length: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + length)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common: str, *units: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"),
            *(x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit) for unit in units),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _private(key: PrivateKeyTypes) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _now() -> datetime:
    """Now, to the second, a minute ago: another machine's clock may be a little behind."""
    return datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1)
