"""Opening (開封): any part of a sealed object, reading and decrypting only the chunks that hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from yakuba.kernel.errors import NotProvenError
from yakuba.vault.format.binding import MAGIC
from yakuba.vault.format.padding import padded
from yakuba.vault.format.sealing import CHUNK, PREFIX, TAG, nonce

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from yakuba.vault.format.binding import Binding

_STEP = 8
"""Chunks fetched from the store at a time."""
_REMEDY = (
    "この写しは使えません。第二の写しから戻すか、別の世代を使ってください restore from a second copy, or another day"
)


class Opened:
    """The content of a sealed object. `length` is in bytes; nothing is given out whose chunk does not verify.

    One thread at a time: it remembers what it read last.

    Args:
        fetch: bytes of the stored object, from a position, of a length. size: of the stored object.
        what: how a person names it, for messages.

    Raises:
        NotProvenError: it is no sealed object, is cut off, or was made for another place or with another key.
    """

    def __init__(self, fetch: Callable[[int, int], bytes], size: int, key: bytes, binding: Binding, what: str) -> None:
        self._fetch, self._cipher, self._bound, self._what = fetch, AESGCM(key), binding.data, what
        sealed = size - len(MAGIC)
        self._chunks = max(1, -(-sealed // (CHUNK + TAG)))
        self._held: tuple[int, bytes] = (-1, b"")
        self._clear: tuple[int, bytes] = (-1, b"")
        if sealed <= self._chunks * TAG or fetch(0, len(MAGIC)) != MAGIC:
            raise self._refused("封印された形ではありません no sealed object")
        self._total = sealed - self._chunks * TAG
        self.length = int.from_bytes(self._chunk(0)[:PREFIX], "big")
        if padded(PREFIX + self.length) != self._total:
            raise self._refused("長さが合いません its length is wrong")

    def read(self, start: int, length: int) -> bytes:
        """Bytes of the content from `start`; fewer where it ends."""
        return b"".join(self.blocks(start, length))

    def blocks(self, start: int, length: int) -> Iterator[bytes]:
        """The same in blocks of at most a chunk, for parts that are larger than memory should be."""
        at, end = start + PREFIX, min(start + length, self.length) + PREFIX
        while at < end:
            number, offset = divmod(at, CHUNK)
            block = self._chunk(number, ahead=-(-end // CHUNK) - number)[offset : offset + end - at]
            yield block
            at += len(block)

    def _chunk(self, number: int, ahead: int = 1) -> bytes:
        """A chunk in the clear; with it, up to `ahead` chunks are fetched, as their reader comes for them next."""
        if number == self._clear[0]:
            return self._clear[1]
        first, fetched = self._held
        width = CHUNK + TAG
        if not first <= number < first + -(-len(fetched) // width):
            first, many = number, min(ahead, _STEP, self._chunks - number)
            fetched = self._fetch(len(MAGIC) + number * width, many * width)
            self._held = (first, fetched)
        sealed = fetched[(number - first) * width :][:width]
        try:
            clear = self._cipher.decrypt(nonce(number, last=number == self._chunks - 1), sealed, self._bound)
        except InvalidTag:
            raise self._refused("封印が合いません the seal does not hold") from None
        self._clear = (number, clear)
        return clear

    def _refused(self, why: str) -> NotProvenError:
        return NotProvenError(f"{self._what}: {why}", remedy=_REMEDY)
