"""UTF-16 on its way in: the same characters as UTF-8 bytes, and back again for a record that is handed back.

A half surrogate pair, which no valid text has, becomes its own three bytes. Strict UTF-8 refuses them later, in the
record where they stand, and `original` gives the two bytes back.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yakuba.migration.intake.files import Readable


class Utf16Stream:
    """Reads UTF-16 and gives UTF-8.

    Attributes:
        tail: the single byte left over when the file has an odd length; empty otherwise.
    """

    def __init__(self, stream: Readable, codec: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(codec)("surrogatepass")
        self._ready = b""
        self.codec = codec
        self.tail = b""

    def read(self, size: int = 1 << 20, /) -> bytes:
        """At least one byte and about `size` of them; empty at the end."""
        while not self._ready:
            raw = self._stream.read(size + size % 2)
            if not raw:
                return self._last()
            text = self._decoder.decode(raw)
            self._ready = text.encode("utf-8", "surrogatepass")
        data, self._ready = self._ready, b""
        return data

    def _last(self) -> bytes:
        pending = self._decoder.getstate()[0]
        self._decoder.reset()
        whole = len(pending) - len(pending) % 2
        self.tail = self.tail or pending[whole:]
        text = pending[:whole].decode(self.codec, "surrogatepass")
        return (text + "".join(chr(0xDC00 + byte) for byte in pending[whole:])).encode("utf-8", "surrogatepass")

    def original(self, data: bytes) -> bytes:
        """The bytes of the file that `data` (a part of what `read` gave) was made from."""
        text = data.decode("utf-8", "surrogatepass")
        if self.tail and text.endswith(chr(0xDC00 + self.tail[0])):
            return text[:-1].encode(self.codec, "surrogatepass") + self.tail
        return text.encode(self.codec, "surrogatepass")
