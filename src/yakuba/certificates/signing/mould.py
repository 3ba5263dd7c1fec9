"""The form of a signature (CMS の鋳型): built once by the library, then filled with a digest and a signature each time.

Everything in a PAdES signature without a time stamp stays the same from paper to paper but two fields of fixed place:
the digest of the document and the signature's value. Building the structure anew costs 8 ms, filling it in some 20 µs.
"""

from __future__ import annotations

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

from pyhanko.sign.signers import Signer

from yakuba.certificates.signing.held import DIGEST

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

_T = TypeVar("_T")


class Mould:
    """The form for the signatures of one key.

    Args:
        signer: whose certificates go into it.
    """

    def __init__(self, signer: Signer) -> None:
        self._shape = _Shape(signer)
        self._digest = secrets.token_bytes(sha256().digest_size)
        attributes = finished(self._shape.signed_attrs(self._digest, DIGEST, use_pades=True))
        self._attributes: bytes = attributes.dump()
        self._forms: dict[int, tuple[bytes, bytes, bytes]] = {}

    def to_sign(self, digest: bytes) -> bytes:
        """The signed attributes over a document's digest: what the key has to sign."""
        return self._attributes.replace(self._digest, digest)

    def filled(self, digest: bytes, signature: bytes) -> bytes:
        """The finished CMS object, DER.

        Args:
            digest: SHA-256 of the document. signature: over `to_sign(digest)`.
        """
        length = len(signature)  # elliptic curves give signatures of two or three lengths, RSA of one
        if length not in self._forms:
            self._forms[length] = self._form(length)
        before, between, after = self._forms[length]
        return b"".join((before, digest, between, signature, after))

    def _form(self, length: int) -> tuple[bytes, bytes, bytes]:
        """What stands before, between and after the two fields, for signatures of a length."""
        hole = secrets.token_bytes(length)
        self._shape.signature = hole
        whole = finished(self._shape.async_sign(self._digest, DIGEST, use_pades=True)).dump()
        before, rest = whole.split(self._digest)
        between, after = rest.split(hole)
        return before, between, after


class _Shape(Signer):
    """A signer that gives the signature it is told to give."""

    def __init__(self, like: Signer) -> None:
        super().__init__(signing_cert=like.signing_cert, cert_registry=like.cert_registry, embed_roots=like.embed_roots)
        self.signature = b""

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: ARG002 - the library's signature
        return self.signature


def finished(work: Coroutine[Any, Any, _T]) -> _T:
    """The result of an asynchronous function, also where this thread already runs something asynchronous."""
    if not _runs_asynchronously():
        return asyncio.run(work)
    with ThreadPoolExecutor(max_workers=1) as other:
        return other.submit(asyncio.run, work).result()


def _runs_asynchronously() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
