"""The independent re-read (読み直し) of written tables, in blocks of rows, by code that the writer has no part in.

A CSV is cut at record ends (a line end outside quotes), so that memory stays even however large the file is.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from os import SEEK_CUR
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from polars.exceptions import PanicException, PolarsError

from yakuba.kernel.errors import NotProvenError
from yakuba.migration.intake.ahead import ahead
from yakuba.migration.verification.digest import FrameDigest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import BinaryIO

    from yakuba.migration.verification.digest import ColumnFacts
    from yakuba.migration.verification.written import Written

UNREADABLE = (PolarsError, PanicException, OSError, UnicodeDecodeError)
"""What reading a file that is not what its name says can end in (a reader may even panic on a damaged Parquet)."""
BLOCK_BYTES = 8 * 2**20
BLOCK_ROWS = 200_000
_LINE_END = ord("\n")


class CsvReread:
    """A written CSV, read again from the start: iterating gives blocks of String columns (the items).

    While blocks are drawn, `digest` fills up, and so does what `twin_facts` says the Parquet beside it must hold.
    """

    def __init__(self, written: Written) -> None:
        self.digest = FrameDigest(written.items, written.numeric)
        self._path = written.csv
        self._items = list(written.items)
        self._typed = typed_items(written.parquet) if written.parquet else {}
        typed = [item for item in written.items if item in self._typed]
        self._canonical = FrameDigest(typed, written.numeric)
        self._filled: list[str] = []

    def __iter__(self) -> Iterator[pl.DataFrame]:
        """Blocks in order.

        Raises:
            NotProvenError: the file cannot be read as what it should be; the message shows no value of it.
        """
        for block in self.blocks():
            yield block.select(pl.col(item) if item in block else pl.lit("").alias(item) for item in self._items)

    def blocks(self) -> Iterator[pl.DataFrame]:
        """The same blocks without items that have been empty in every row so far; errors as in `__iter__`."""
        with telling(self._path), self._path.open("rb") as file:
            records = _records(file)
            header = next(records, b"")
            if _frame(header, self._items).rows() != [tuple(self._items)]:
                raise NotProvenError(f"{self._path.name}: the header does not name the items of the group")
            # The next block is parsed while this one is digested and compared.
            for raw, narrow in ahead((raw, self._narrow(raw)) for raw in records):
                if narrow is None:
                    block = self._whole(raw)
                else:
                    block = narrow
                    self.digest.update(block)
                self._canonical.update(as_parquet_text(block, self._typed), block.height)
                yield block

    def _narrow(self, raw: bytes) -> pl.DataFrame | None:
        """The items that were filled so far, None unless the bytes prove that there is nothing else.

        Without quotation marks a record is as long as its values and one separator or line end per item. A record
        that hid a value between those would have fewer separators, and another record would have to be longer.
        """
        if not self._filled or b'"' in raw or not raw.endswith(b"\n"):
            return None
        block = _frame(raw, self._items, self._filled)
        sizes = block.select(pl.sum_horizontal(pl.all().str.len_bytes())).to_series().to_numpy()
        ends = np.flatnonzero(np.frombuffer(raw, np.uint8) == _LINE_END)
        if not np.array_equal(np.diff(ends, prepend=-1), sizes + len(self._items)):
            return None
        return block if raw.count(b",") == block.height * (len(self._items) - 1) else None

    def _whole(self, raw: bytes) -> pl.DataFrame:
        """All items; counts separators, because the reader fills a record that is too short without a word."""
        block = _frame(raw, self._items)
        values = self.digest.update(block)
        if len(raw) != sum(map(len, values.values())) + block.height * len(self._items):  # quotes, or fields missing
            inside = sum(cells.count(b",") for cells in values.values())
            if raw.count(b",") - inside != block.height * (len(self._items) - 1):
                raise NotProvenError(f"{self._path.name}: a record has too few fields")
        filled = {item for item in self._items if values.get(item)}.union(self._filled or self._items[:1])
        self._filled = [item for item in self._items if item in filled]
        return block.select(self._filled)

    def twin_facts(self) -> tuple[ColumnFacts, ...]:
        """What `ParquetReread.digest` must come to when both files hold the same cells."""
        canonical = {facts.name: facts for facts in self._canonical.facts()}
        return tuple(canonical.get(facts.name, facts) for facts in self.digest.facts())


class ParquetReread:
    """A written Parquet, read again from the start: blocks of Strings, numbers as their plain text, null as ""."""

    def __init__(self, written: Written) -> None:
        if written.parquet is None:
            raise NotProvenError(f"{written.group}: there is no Parquet")
        self.digest = FrameDigest(written.items, written.numeric)
        self._path = written.parquet
        self._items = list(written.items)

    def __iter__(self) -> Iterator[pl.DataFrame]:
        """Blocks in order; errors as in `CsvReread`."""
        with telling(self._path):
            lazy = pl.scan_parquet(self._path)
            if lazy.collect_schema().names() != self._items:
                raise NotProvenError(f"{self._path.name}: the columns are not the items of the group")
            for start in range(0, int(lazy.select(pl.len()).collect().item()), BLOCK_ROWS):
                block = lazy.slice(start, BLOCK_ROWS).collect().select(pl.all().cast(pl.String).fill_null(""))
                self.digest.update(block)
                yield block


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turn every way in which reading a damaged file can end into one line.

    Raises:
        NotProvenError: the file cannot be read; the message shows no value of it.
    """
    try:
        yield
    except UNREADABLE as error:
        message = f"{path.name}: cannot be read again ({type(error).__name__})"
        raise NotProvenError(message, remedy="compare the file with its copy at the sender") from error


def typed_items(parquet: Path) -> dict[str, pl.DataType]:
    """Items that a Parquet holds as numbers, with their types."""
    with telling(parquet):
        return {name: kind for name, kind in pl.read_parquet_schema(parquet).items() if kind != pl.String}


def as_parquet_text(block: pl.DataFrame, typed: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """The typed items of a CSV block as their Parquet gives them back: "007" in a number column is "7".

    A text that is no number of that type stays as it is, and so differs from whatever the Parquet holds.
    """
    numbers = (pl.col(item).cast(kind, strict=False).cast(pl.String) for item, kind in typed.items() if item in block)
    return block.select(number.fill_null(pl.col(number.meta.output_name())) for number in numbers)


def _frame(raw: bytes, columns: list[str], wanted: list[str] | None = None) -> pl.DataFrame:
    return pl.read_csv(
        io.BytesIO(raw),
        has_header=False,
        schema=dict.fromkeys(columns, pl.String()),
        columns=None if wanted is None else [columns.index(name) for name in wanted],
        empty_string_is_null=False,
        raise_if_empty=False,
    )


def _records(file: BinaryIO) -> Iterator[bytes]:
    """The first record, then runs of whole records of about BLOCK_BYTES."""
    size, find = BLOCK_BYTES, _first_end
    while chunk := file.read(size):
        end = find(chunk)
        if not end and len(chunk) == size:
            file.seek(-len(chunk), SEEK_CUR)
            size *= 2
            continue
        end = end or len(chunk)
        file.seek(end - len(chunk), SEEK_CUR)
        yield chunk[:end]
        size, find = BLOCK_BYTES, _last_end


def _first_end(raw: bytes) -> int:
    """Index after the first record, 0 when it is not complete."""
    end = raw.find(b"\n") + 1
    while end and raw.count(b'"', 0, end) % 2:
        end = raw.find(b"\n", end) + 1
    return end


def _last_end(raw: bytes) -> int:
    """Index after the last whole record, 0 when there is none."""
    end = raw.rfind(b"\n") + 1
    quotes = raw.count(b'"', 0, end)
    while end and quotes % 2:
        before = raw.rfind(b"\n", 0, end - 1) + 1
        quotes -= raw.count(b'"', before, end)
        end = before
    return end
