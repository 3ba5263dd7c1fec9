"""The keys of a municipality (団体の鍵), opened once per process and held: signature, 2D code, inner tag."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from yakuba.certificates.signing.self_made import GUARD_KEY, PROOF_KEY, make_keys
from yakuba.certificates.signing.settings import read_settings
from yakuba.certificates.signing.signer import open_signer
from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.home import yakuba_home
from yakuba.kernel.secret_file import closed

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.certificates.signing.signer import Signer

_PUBLIC = "proof*.pub.pem"
"""The key in use and, under names with a year in them, the retired ones: their papers live on."""
_REMEDY = "restore the file from its copy"
_opening = Lock()


@dataclass(frozen=True, slots=True)
class Keys:
    """What a municipality signs with.

    Attributes:
        signer: of documents. proof: of 2D codes. guard: secret of the inner tags.
    """

    signer: Signer
    proof: Ed25519PrivateKey
    guard: bytes


def open_keys(municipality: str, name: str = "", home: Path | None = None) -> Keys:
    """The keys of a municipality; made on the first call of an installation, held from the first call of a process.

    Args:
        name: of the municipality, for the certificate that is made. home: of the installation.

    Raises:
        CannotContinueError: a key cannot be made, read or used.
    """
    folder = make_keys(home or yakuba_home(), municipality, name)
    with _opening:
        return _opened(folder)


@cache
def _opened(folder: Path) -> Keys:
    proof = _pem(folder / PROOF_KEY)
    secret = folder / GUARD_KEY
    closed(secret)
    try:
        guard = bytes.fromhex(secret.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise CannotContinueError(f"{secret}: this is no key", remedy=_REMEDY) from error
    return Keys(open_signer(read_settings(folder)), proof, guard)


def public_keys(municipality: str, home: Path | None = None) -> tuple[Ed25519PublicKey, ...]:
    """The public keys that codes of a municipality may be signed with: the one in use and the retired ones.

    None where it has never issued anything. What a code says is nobody's word yet: only figures name a folder.
    """
    if not (municipality.isascii() and municipality.isdigit()):
        return ()
    folder = (home or yakuba_home()) / "certificates" / municipality
    return tuple(read_public(path) for path in sorted(folder.glob(_PUBLIC)))


def read_public(path: Path) -> Ed25519PublicKey:
    """A public key of 2D codes from its file.

    Raises:
        CannotContinueError: it is none.
    """
    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError) as error:
        raise CannotContinueError(f"{path}: the public key cannot be read", remedy=_REMEDY) from error
    if not isinstance(key, Ed25519PublicKey):
        raise CannotContinueError(f"{path}: this is no Ed25519 key", remedy=_REMEDY)
    return key


def _pem(path: Path) -> Ed25519PrivateKey:
    closed(path)
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise CannotContinueError(f"{path}: the key cannot be read", remedy=_REMEDY) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise CannotContinueError(f"{path}: this is no Ed25519 key", remedy=_REMEDY)
    return key
