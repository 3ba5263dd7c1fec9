"""Merging (組み立て): one table of a generation from its full part and the changes since, in bounded memory."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from yakuba.kernel.errors import NotProvenError
from yakuba.layouts.csv_text import csv_text
from yakuba.layouts.csv_text import header as csv_header
from yakuba.vault.tables import ids
from yakuba.vault.tables.digest import TableDigest, row_digests
from yakuba.vault.tables.parts import ADDRESSEE, unpacked, unpacked_positions
from yakuba.vault.tables.records import split
from yakuba.vault.tables.whole_table import in_turn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from yakuba.vault.tables.parts import Part, Plain
    from yakuba.vault.tables.totals import Totals

    Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Piece:
    """What one object says of a table: its content, where its parts begin, and the table's entry in its header."""

    plain: Plain
    start: int
    entry: Mapping[str, Any]

    def fetch(self, part: Part) -> bytes:
        """The bytes of a part."""
        return self.plain.read(self.start + part["offset"], part["length"])

    def removed(self, before: Ids) -> Ids:
        """Numbers of the rows that it removes, given those removed before."""
        part = self.entry["removed"]
        return ids.numbers(unpacked_positions(self.fetch(part)), before) if part else np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows of a part that are still there: CSV text, and the digest of these rows."""

    text: bytes
    digest: TableDigest


class Merged:
    """One table.

    Attributes:
        name, layout, folder, group, columns, keys: see `FeedTable`. digest: what it must be.
        totals: control totals as the sender counted them; None where it could not, or did not yet do so.
    """

    def __init__(self, pieces: Sequence[Piece], salt: str) -> None:
        full, newest = pieces[0].entry, pieces[-1].entry
        self.name: str = full["name"]
        self.layout: str = full["layout"]
        self.folder: str = full["folder"]
        self.group: str = full["group"]
        self.columns: tuple[str, ...] = tuple(full["columns"])
        self.keys: tuple[str, ...] = tuple(full["keys"])
        self.digest = TableDigest.parse(newest["rows"], newest["digest"])
        self.totals: Totals | None = newest.get("totals")
        self._pieces, self._salt = pieces, salt

    @cached_property
    def _removed(self) -> Ids:
        removed = np.empty(0, np.int64)
        for piece in self._pieces:
            removed = ids.merged(removed, piece.removed(removed))
        return removed

    def _parts(self) -> Iterator[tuple[Piece, Part, Ids]]:
        """All parts in order, and which of a part's rows went since."""
        first = 0
        for piece in self._pieces:
            for part in piece.entry["added"]:
                low, high = np.searchsorted(self._removed, [first, first + part["rows"]])
                if high - low < part["rows"]:
                    yield piece, part, self._removed[low:high] - first
                first += part["rows"]

    def frames(self) -> Iterator[pl.DataFrame]:
        """The rows, some thousand at a time; a column that a block lacks is empty in it."""
        given = ((piece.fetch(part), gone) for piece, part, gone in self._parts())
        yield from in_turn(lambda one: _left(unpacked(one[0]), one[1]), given)

    def csv(self) -> Iterator[bytes]:
        """The table as a CSV file, header first.

        Raises:
            NotProvenError: at the end, when the rows were not those that were sent; throw away what was written.
        """
        yield csv_header(self.columns)
        found = TableDigest()
        for block in in_turn(self._block, ((piece.fetch(part), gone) for piece, part, gone in self._parts())):
            found = found.plus(block.digest)
            yield block.text
        if found != self.digest:
            raise NotProvenError(
                f"{self.name}: 戻した行が送った行と合いません the rows are not those that were sent",
                remedy="第二の写しか別の世代から戻してください restore from a second copy, or another day",
            )

    def _block(self, given: tuple[bytes, Ids]) -> Block:
        text = csv_text(_left(unpacked(given[0]), given[1]), self.columns)
        return Block(text, TableDigest.of(row_digests(split(text, self.columns, self.name), self._salt)))

    def frame(self) -> pl.DataFrame:
        """All rows at once, every column."""
        empty = pl.DataFrame(schema=dict.fromkeys(self.columns, pl.String()))
        return pl.concat([empty, *(self._whole(frame) for frame in self.frames())])

    def about(self, addressee: str) -> pl.DataFrame:
        """Rows with an addressee number (宛名番号) in any column of such numbers; other parts are not decoded."""
        columns = [name for name in self.columns if name.endswith(ADDRESSEE)]
        found = [pl.DataFrame(schema=dict.fromkeys(self.columns, pl.String()))]
        for piece, part, gone in self._parts():
            there = [name for name in columns if _within(part, name, addressee)]
            if not there:
                continue
            data = piece.fetch(part)
            here = unpacked(data, there).select(pl.any_horizontal(pl.all() == addressee)).to_series()
            if here.any():
                here = here & ~pl.Series(np.isin(np.arange(len(here)), gone))
                found.append(self._whole(unpacked(data).filter(here)))
        return pl.concat(found)

    def _whole(self, frame: pl.DataFrame) -> pl.DataFrame:
        there = set(frame.columns)
        return frame.select(pl.col(name) if name in there else pl.lit("").alias(name) for name in self.columns)


def _within(part: Part, column: str, value: str) -> bool:
    least, greatest = part.get("ranges", {}).get(column, ("", ""))
    return bool(greatest) and least <= value <= greatest


def _left(frame: pl.DataFrame, gone: Ids) -> pl.DataFrame:
    if not len(gone):
        return frame
    kept = np.ones(frame.height, bool)
    kept[gone] = False
    return frame.filter(kept)
