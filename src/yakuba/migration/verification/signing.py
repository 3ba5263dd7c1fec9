"""Signing (署名): an Ed25519 key of the sender, made once, and the signature over the head of the evidence."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.fingerprint import fingerprint
from yakuba.kernel.home import yakuba_home

if TYPE_CHECKING:
    from pathlib import Path

KEY_FILE = "signing-key.pem"
ALGORITHM = "Ed25519"
_CONTEXT = b"yakuba evidence head\n"


def signing_key(home: Path | None = None) -> Ed25519PrivateKey:
    """The key of this installation; made on the first call, readable by its owner alone (0600).

    Raises:
        CannotContinueError: the key file cannot be written or is no Ed25519 key.
    """
    path = (home or yakuba_home()) / KEY_FILE
    try:
        if not path.exists():
            _create(path)
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        remedy = "restore the key file from its copy, or move it away to get a new key (and tell the receivers)"
        raise CannotContinueError(f"{path}: the signing key cannot be used", remedy=remedy) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise CannotContinueError(f"{path}: this is no Ed25519 key", remedy="move it away to get a new one")
    return key


def _create(path: Path) -> None:
    """Write a fresh key; a second process that does the same at the same moment wins or loses whole."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
        os.link(fresh, path)
    except FileExistsError:
        return
    finally:
        fresh.unlink()


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes of the public key."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def sign(head: str, key: Ed25519PrivateKey) -> dict[str, Any]:
    """The content of signature.json. Ed25519 is deterministic: the same head and key give the same bytes."""
    public = public_bytes(key)
    return {
        "algorithm": ALGORITHM,
        "fingerprint": fingerprint(public),
        "head": head,
        "public_key": public.hex(),
        "signature": key.sign(_CONTEXT + head.encode("ascii")).hex(),
    }


def signature_holds(signature: dict[str, Any]) -> bool:
    """Whether signature.json is whole: these fields, no others, and a signature of its own key over its own head."""
    try:
        public = bytes.fromhex(signature["public_key"])
        key = Ed25519PublicKey.from_public_bytes(public)
        key.verify(bytes.fromhex(signature["signature"]), _CONTEXT + signature["head"].encode("ascii"))
    except (InvalidSignature, ValueError, KeyError, TypeError, AttributeError):
        return False
    texts = {"algorithm": ALGORITHM, "fingerprint": fingerprint(public), "public_key": public.hex()}
    return signature.keys() == {*texts, "head", "signature"} and all(
        signature[name] == text for name, text in texts.items()
    )
