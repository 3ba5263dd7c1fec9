"""Keys (鍵) of a municipality, opened once per process: that of signatures, of the code, of the inner tag.

`certificates.signing` makes them and says where they lie; changed ones are seen by the next start of the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from yakuba.certificates.signing.self_made import GUARD_KEY, PROOF_KEY, PROOF_PUBLIC, make_keys
from yakuba.certificates.signing.settings import closed, read_settings
from yakuba.certificates.signing.signer import open_signer
from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.home import yakuba_home
from yakuba.tenancy.queries import municipalities

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.certificates.signing.signer import Signer

_RETIRED = "proof-*.pub.pem"
"""Public keys of codes that are still on papers, beside the present one."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys of one municipality. signer: of papers. proof: of the code on them. guard: hides numbers in the tag."""

    signer: Signer
    proof: Ed25519PrivateKey
    guard: bytes


@cache
def keys(municipality: str) -> Keys:
    """The keys, made where there are none yet.

    Raises:
        CannotContinueError: a file there is no key, or is open to others.
        UsageError: signer.toml says something that cannot be meant.
    """
    name = next((one.name for one in municipalities() if one.code == municipality), municipality)
    place = make_keys(yakuba_home(), municipality, name)
    for secret in (PROOF_KEY, GUARD_KEY):
        closed(place / secret)
    return Keys(open_signer(read_settings(place)), _proof(place / PROOF_KEY), (place / GUARD_KEY).read_bytes().strip())


def public_keys(municipality: str) -> tuple[Ed25519PublicKey, ...]:
    """Keys that a code of this municipality may be signed with; none where it has never issued anything."""
    place = yakuba_home() / "certificates" / municipality
    if not municipality.isascii() or not municipality.isdigit() or not place.is_dir():
        return ()
    found = (load_pem_public_key(path.read_bytes()) for path in (place / PROOF_PUBLIC, *sorted(place.glob(_RETIRED))))
    return tuple(one for one in found if isinstance(one, Ed25519PublicKey))


def _proof(path: Path) -> Ed25519PrivateKey:
    try:
        found = load_pem_private_key(path.read_bytes(), None)
    except ValueError as error:
        raise CannotContinueError(f"{path}: no key", remedy="restore it from the backup") from error
    if not isinstance(found, Ed25519PrivateKey):
        raise CannotContinueError(f"{path}: no Ed25519 key", remedy="restore it from the backup")
    return found
