"""Sealing (封印): a plaintext file becomes a sealed object, chunk by chunk, in bounded memory."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from yakuba.vault.format.binding import MAGIC
from yakuba.vault.format.padding import padded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from yakuba.vault.format.binding import Binding

CHUNK = 1 << 20
"""Bytes of plaintext in a chunk; the last one may be shorter."""
TAG = 16
PREFIX = 8
"""Bytes of the length that stands before the content."""
KEY = 32


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed object in a file. `size` and `sha256` are of the stored bytes."""

    path: Path
    size: int
    sha256: str


def nonce(chunk: int, *, last: bool) -> bytes:
    """The nonce of a chunk: four zero bytes, its number, whether it is the last; a key seals one object only."""
    return bytes(4) + chunk.to_bytes(7, "big") + bytes([last])


def seal(plain: Path, out: Path, key: bytes, binding: Binding) -> Sealed:
    """Seal the content of a file; `out` is new, and only its owner may read it.

    Args:
        key: 32 fresh random bytes, for this object and no other.
    """
    cipher, digest, size = AESGCM(key), hashlib.sha256(), 0
    with plain.open("rb") as source, os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as sink:
        for piece in _sealed(source, plain.stat().st_size, cipher, binding.data):
            sink.write(piece)
            digest.update(piece)
            size += len(piece)
    return Sealed(out, size, digest.hexdigest())


def _sealed(source: BinaryIO, length: int, cipher: AESGCM, bound: bytes) -> Iterator[bytes]:
    yield MAGIC
    total = padded(PREFIX + length)
    chunks = -(-total // CHUNK)
    first = length.to_bytes(PREFIX, "big")
    for number in range(chunks):
        want = min(CHUNK, total - number * CHUNK)
        block = (first if number == 0 else b"") + source.read(want - (PREFIX if number == 0 else 0))
        yield cipher.encrypt(nonce(number, last=number == chunks - 1), block.ljust(want, b"\0"), bound)
