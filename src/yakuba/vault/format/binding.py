"""What a sealed object is bound to (結び付け): it opens at its own place in its own vault, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

MAGIC = b"YAKUBAV1"


@dataclass(frozen=True, slots=True)
class Binding:
    """The place of an object.

    Attributes:
        vault: id. municipality: 団体コード. entry: number of the entry that it was made for. previous: SHA-256 (hex) of
            the entry before that.
    """

    vault: str
    municipality: str
    entry: int
    previous: str

    @property
    def data(self) -> bytes:
        """The additional data of every chunk."""
        text = f"{self.vault}\n{self.municipality}\n{self.entry:08}\n{self.previous}\n"
        return MAGIC + b"\n" + text.encode("ascii")
