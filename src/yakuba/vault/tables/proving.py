"""Proving (検証): the digests of every generation of a line, each object decoded once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from yakuba.kernel.errors import NotProvenError
from yakuba.vault.tables import ids
from yakuba.vault.tables.digest import TableDigest, row_digests
from yakuba.vault.tables.merging import Piece
from yakuba.vault.tables.parse import rendered
from yakuba.vault.tables.parts import read_header, unpacked
from yakuba.vault.tables.whole_table import in_turn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from yakuba.vault.tables.digest import Words
    from yakuba.vault.tables.parts import Plain


def proved(plains: Sequence[Plain]) -> Iterator[list[str]]:
    """Names of the tables that do not prove, generation by generation.

    Args:
        plains: the opened objects of a line, a full one first, each later one counted against the one before it.

    Raises:
        NotProvenError: a header cannot be read, or a part is not what its header says.
    """
    tables: dict[str, _Growing] = {}
    for plain in plains:
        header, start = read_header(plain)
        there: dict[str, _Growing] = {}
        wrong = []
        for entry in header["tables"]:
            name = entry["name"]
            if entry["kind"] == "full":
                there[name] = _Growing(tuple(entry["columns"]), header["salt"])
            elif name in tables:
                there[name] = tables[name]
            else:
                raise NotProvenError(f"{name}: 土台の世代が足りません a generation below is missing")
            there[name].take(Piece(plain, start, entry))
            if there[name].digest != TableDigest.parse(entry["rows"], entry["digest"]):
                wrong.append(name)
        tables = there
        yield wrong


class _Growing:
    """A table as it grows: digests of all rows there ever were since it was full, and which of them went."""

    def __init__(self, columns: tuple[str, ...], salt: str) -> None:
        self._columns, self._salt = columns, salt
        self._digests: list[Words] = []
        self._removed: NDArray[np.int64] = np.empty(0, np.int64)
        self.digest = TableDigest()

    def take(self, piece: Piece) -> None:
        gone = piece.removed(self._removed)
        if len(gone):
            rows = np.concatenate(self._digests)
            self._digests = [rows]
            self.digest = self.digest.minus(TableDigest.of(rows[gone]))
            self._removed = ids.merged(self._removed, gone)
        for rows in in_turn(self._of, (piece.fetch(part) for part in piece.entry["added"])):
            self._digests.append(rows)
            self.digest = self.digest.plus(TableDigest.of(rows))

    def _of(self, data: bytes) -> Words:
        return row_digests(rendered(unpacked(data), self._columns), self._salt)
