"""What the centre puts its name to (センターの署名): receipts and records of drills, by the installation's own key.

    document = signed({"number": 7, …}, "receipt")      fields + fingerprint + signature (Ed25519, hex)

Signed is `yakuba <what>` in one line, then the other fields as canonical JSON: UTF-8, keys sorted, no spaces. So a
receipt is never taken for the record of a drill.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from yakuba.kernel.fingerprint import fingerprint
from yakuba.migration.verification.signing import public_bytes, signing_key

if TYPE_CHECKING:
    from collections.abc import Mapping

_OURS = ("fingerprint", "public_key", "signature")


def signed(document: Mapping[str, Any], what: str) -> dict[str, Any]:
    """The document with the centre's signature.

    Args:
        document: JSON values. what: "receipt", "drill": what kind of document it is.

    Raises:
        CannotContinueError: the installation's key cannot be used.
    """
    key = signing_key()
    public = public_bytes(key)
    signature = key.sign(_said(document, what)).hex()
    return {**document, "fingerprint": fingerprint(public), "public_key": public.hex(), "signature": signature}


def holds(document: Mapping[str, Any], what: str) -> bool:
    """Whether the document is as it was signed, by the key that it names; whose key that is, the fingerprint tells."""
    try:
        public = bytes.fromhex(document["public_key"])
        key = Ed25519PublicKey.from_public_bytes(public)
        key.verify(bytes.fromhex(document["signature"]), _said(document, what))
    except (InvalidSignature, ValueError, KeyError, TypeError, AttributeError):
        return False
    return bool(document["fingerprint"] == fingerprint(public))


def _said(document: Mapping[str, Any], what: str) -> bytes:
    fields = {name: value for name, value in document.items() if name not in _OURS}
    # Not the canonical text of evidence: the record of a drill holds seconds, and it is read by us alone.
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"yakuba {what}\n{text}".encode()
