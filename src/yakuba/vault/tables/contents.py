"""Contents (中身): a generation put together from the contents of its objects, the full one first, its own last."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import NotProvenError, UsageError
from yakuba.vault.tables.merging import Merged, Piece
from yakuba.vault.tables.parts import read_header

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from yakuba.vault.tables.parts import Plain


class Contents:
    """One generation; only headers are read until a table is asked for.

    Attributes:
        as_of: moment of the data. standard: selector of the layouts. municipality: 団体コード. salt: of the digests.
        names: its tables, "業務/グループ".

    Args:
        plains: the opened objects, from the last full one to the one of the generation.

    Raises:
        NotProvenError: a header cannot be read, or the first is no full one.
    """

    def __init__(self, plains: Sequence[Plain]) -> None:
        self._objects: list[tuple[Plain, dict[str, Any], int]] = [(plain, *read_header(plain)) for plain in plains]
        newest = self._objects[-1][1]
        self.as_of = datetime.fromisoformat(newest["as_of"])
        self.standard: str = newest["standard"]
        self.municipality: str = newest["municipality"]
        self.salt: str = newest["salt"]
        self._tables: list[Mapping[str, Mapping[str, Any]]] = [
            {table["name"]: table for table in header["tables"]} for _, header, _ in self._objects
        ]
        self.names: tuple[str, ...] = tuple(self._tables[-1])

    def __iter__(self) -> Iterator[Merged]:
        return (self.table(name) for name in self.names)

    def table(self, name: str) -> Merged:
        """One table.

        Raises:
            UsageError: the generation has none of that name.
            NotProvenError: an object is missing below.
        """
        if name not in self._tables[-1]:
            raise UsageError(f"{name}: この世代にない表です no table of this generation", remedy="、".join(self.names))
        pieces: list[Piece] = []
        for (plain, header, start), tables in zip(reversed(self._objects), reversed(self._tables), strict=True):
            if name not in tables or header["salt"] != self.salt:
                break
            pieces.insert(0, Piece(plain, start, tables[name]))
            if tables[name]["kind"] == "full":
                return Merged(pieces, self.salt)
        raise NotProvenError(
            f"{name}: 土台の世代が足りません a generation below is missing",
            remedy="保管庫を確かめてください run vault verify",
        )

    def attachments(self) -> dict[str, bytes]:
        """Files that were kept beside the tables, by name."""
        return {name: self._attached(name) for name in self._objects[-1][1]["attachments"]}

    def _attached(self, name: str) -> bytes:
        for plain, header, start in reversed(self._objects):
            part = header["attachments"].get(name)
            if part is not None:
                data: bytes = plain.read(start + part["offset"], part["length"])
                return data
        raise NotProvenError(f"{name}: 土台の世代が足りません a generation below is missing")
