"""Delimited text (CSV, TSV): from the first byte to batches of records."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.migration.intake.ahead import ahead
from yakuba.migration.intake.batch import Batch
from yakuba.migration.intake.careful import Dialect, Reading, bare, line_end, read_carefully, split_lines
from yakuba.migration.intake.columns import check_same, column_names, numbered
from yakuba.migration.intake.cutter import Cutter, Regular
from yakuba.migration.intake.doubt import check_first
from yakuba.migration.intake.encodings import BOMS, Encoding, encoding, other_reading
from yakuba.migration.intake.records import Fault, split_record
from yakuba.migration.intake.regular import parse, shape
from yakuba.migration.intake.utf16 import Utf16Stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from yakuba.migration.intake.files import Readable
    from yakuba.migration.intake.task import Task

_LONGEST_BOM = 3
_LOOKED_AT = 1 << 20
_MAGIC = {b"PK\x03\x04": 'an Excel workbook or a zip: set format = "excel"', b"\x1f\x8b": 'packed: name it "….gz"'}


def batches(stream: Readable, task: Task, delimiter: str) -> Iterator[Batch]:
    """Records of one delimited file, in order; at least one batch, which may be empty.

    Raises:
        CannotContinueError: no header where one is declared, a header with other columns, or another encoding.
        UsageError: the source's delimiter or quotation mark is no single ASCII character.
    """
    _check_marks(task, delimiter)
    stream, buffer, kind, skipped = _start(stream, task)
    dialect = Dialect(
        kind, delimiter, task.spec.quote, b"\n", 1, stream.original if isinstance(stream, Utf16Stream) else bytes
    )
    opening = _Opening(stream, task, dialect, buffer)
    names, used = opening.names()
    wanted = task.expected or names
    dialect = replace(opening.dialect, fields=len(names))
    rest = opening.buffer[used:]
    cutter = Cutter(stream, task, dialect, buffer=rest, line=1 + opening.lines, offset=skipped + used)
    yield Batch(pl.DataFrame(schema=dict.fromkeys(wanted, pl.String)), np.empty(0, np.uint64))
    for place, block in enumerate(ahead(cutter.blocks())):
        frame = _parsed(block, names, dialect) if isinstance(block, Regular) else None
        if isinstance(block, Regular) and frame is not None:
            batch = Batch(frame, _lines(block))
        else:
            reading = _again(block, dialect) if isinstance(block, Regular) else block
            if place == 0:
                check_first(reading, task, dialect)
            batch = _from_reading(reading, names, dialect)
        yield replace(batch, frame=batch.frame.select(wanted))


def _check_marks(task: Task, delimiter: str) -> None:
    for word, mark in (("delimiter", delimiter), ("quote", task.spec.quote)):
        if len(mark.encode()) > 1 or (word == "delimiter" and not mark) or mark in ("\r", "\n", "\0"):
            raise UsageError(f"source {task.spec.name}: {word} {mark!r} is no single ASCII character")
    if task.spec.quote.isalnum() or task.spec.quote > "@" or task.spec.quote == delimiter:
        raise UsageError(f"source {task.spec.name}: quote {task.spec.quote!r} cannot be used", remedy="use \" or '")


def _start(stream: Readable, task: Task) -> tuple[Readable, bytes, Encoding, int]:
    """The stream to read on from, what is already read of it, the encoding of both, and the bytes of the mark."""
    kind = encoding(task.spec.encoding)
    head = stream.read(task.limits.block)
    while head and len(head) < _LONGEST_BOM + 1:
        data = stream.read(task.limits.block)
        if not data:
            break
        head += data
    for magic, what in _MAGIC.items():
        if head.startswith(magic):
            raise CannotContinueError(
                f"{task.label}: declared as text, but it is {what.partition(':')[0]}", remedy=what
            )
    bom = next((mark for mark in BOMS if head.startswith(mark)), b"")
    if bom:
        told = encoding(BOMS[bom])
        if told.codec != kind.codec and not (kind.name == "utf-16" and told.unit == kind.unit):
            raise CannotContinueError(
                f"{task.label}: declared {kind.name}, but it begins with the mark of {told.name}",
                remedy=f'set encoding = "{told.name}" for source {task.spec.name}',
            )
        kind = told
    if kind.unit == 1:
        return stream, head[len(bom) :], kind, len(bom)
    wide = Utf16Stream(_Joined(head[len(bom) :], stream), kind.codec)
    return wide, wide.read(task.limits.block), encoding("utf-8"), 0


class _Joined:
    """Bytes that were read already, then the stream they came from."""

    def __init__(self, head: bytes, stream: Readable) -> None:
        self._head, self._stream = head, stream

    def read(self, size: int = -1, /) -> bytes:
        if self._head:
            data, self._head = self._head, b""
            return data
        return self._stream.read(size)


class _Opening:
    """The start of a file: its line end, and the columns, from the header or from the number of fields.

    Attributes:
        buffer: bytes read so far, mark left out. lines: lines of the header. dialect: with the line end found.
    """

    def __init__(self, stream: Readable, task: Task, dialect: Dialect, buffer: bytes) -> None:
        self.stream, self.task, self.dialect, self.buffer = stream, task, dialect, buffer
        self.lines = 0

    def names(self) -> tuple[tuple[str, ...], int]:
        """Names of the file's columns, and the bytes of the header."""
        task, given = self.task, tuple(column.name for column in self.task.spec.columns)
        expected = task.expected or given
        if not task.spec.header:
            fields, _ = self._first_record()
            self.lines = 0
            return expected or numbered(len(fields)), 0
        if not self._more() and not self.buffer:
            raise CannotContinueError(
                f"{task.label}: line 1: the file is empty, not even the declared header is there",
                remedy="extract it again, take it out of `files`, or set header = false",
            )
        fields, raw = self._first_record()
        self._check_header(raw)
        names = column_names(fields)
        if expected:
            check_same(expected, names, task.label)
        return names, len(raw)

    def _more(self) -> bool:
        data = self.stream.read(self.task.limits.block) if not self.buffer else b""
        self.buffer += data
        return bool(data)

    def _first_record(self) -> tuple[list[str], bytes]:
        """Fields and bytes of the first record."""
        while True:
            found = self._try()
            if found is not None:
                return found
            data = self.stream.read(self.task.limits.block)
            if not data or len(self.buffer) > self.task.limits.record:
                self.lines = 1
                return self._cut_short()
            self.buffer += data

    def _try(self) -> tuple[list[str], bytes] | None:
        newline = line_end(self.buffer[:_LOOKED_AT], self.dialect.quote)
        self.dialect = replace(self.dialect, newline=newline)
        raw = b""
        for count, piece in enumerate(split_lines(self.buffer, newline), 1):
            raw += piece
            if not piece.endswith(newline):
                return None
            fields = self._split(raw)
            if not isinstance(fields, Fault):
                self.lines = count
                return fields, raw
            if fields is Fault.BROKEN:
                break
        return None

    def _cut_short(self) -> tuple[list[str], bytes]:
        """The first line as it stands: the file has no line end, or a quotation mark is never closed."""
        raw = (split_lines(self.buffer, self.dialect.newline) or [b""])[0]
        fields = self._split(raw)
        if isinstance(fields, Fault):
            if self.task.spec.header:
                raise CannotContinueError(
                    f"{self.task.label}: line 1: the header cannot be read: {fields.value}",
                    remedy="check `quote` and `delimiter` of the source",
                )
            fields = raw.decode(self.dialect.encoding.codec, "replace").split(self.dialect.delimiter)
        return fields, raw

    def _split(self, raw: bytes) -> list[str] | Fault:
        kind, newline = self.dialect.encoding, self.dialect.newline.decode()
        text = bare(raw.decode(kind.codec, kind.lenient), newline)
        return split_record(text, self.dialect.delimiter, self.dialect.quote)

    def _check_header(self, raw: bytes) -> None:
        kind = self.dialect.encoding
        try:
            raw.decode(kind.codec, kind.strict)
        except UnicodeDecodeError as error:
            other = other_reading(raw, kind)
            remedy = f'set encoding = "{other}"' if other else "check `encoding`"
            raise CannotContinueError(
                f"{self.task.label}: line 1: byte {error.start} of the header is not {kind.name}"
                + (f", it looks like {other}" if other else ""),
                remedy=f"{remedy} for source {self.task.spec.name}",
            ) from error
        if b"\0" in raw:
            raise CannotContinueError(
                f"{self.task.label}: line 1: a byte 0 in the header; this is no text of encoding {kind.name}",
                remedy="check whether the file is UTF-16 or not text at all",
            )


def _parsed(block: Regular, names: tuple[str, ...], dialect: Dialect) -> pl.DataFrame | None:
    return parse(block.text, names, block.shape, dialect.delimiter, dialect.quote, dialect.newline)


def _lines(block: Regular) -> NDArray[np.uint64]:
    starts = block.shape.starts if block.shape.starts is not None else np.arange(block.shape.rows, dtype=np.uint64)
    return starts + np.uint64(block.line)


def _again(block: Regular, dialect: Dialect) -> Reading:
    """The careful reading of a block that looked regular and was not."""
    return read_carefully(block.raw, dialect, line=block.line, offset=block.offset, more=not block.last, forced=True)


def _from_reading(reading: Reading, names: tuple[str, ...], dialect: Dialect) -> Batch:
    """The good records once more, now all of them regular; where Polars sees that otherwise, field by field."""
    text = "".join(reading.texts).encode()
    if not text.endswith(dialect.newline):
        text += dialect.newline
    found = shape(text, dialect.delimiter, dialect.quote, dialect.newline) if reading.texts else None
    frame = parse(text, names, found, dialect.delimiter, dialect.quote, dialect.newline) if found else None
    if frame is None:
        newline = dialect.newline.decode()
        rows = [split_record(bare(one, newline), dialect.delimiter, dialect.quote) for one in reading.texts]
        frame = pl.DataFrame(rows or None, schema=dict.fromkeys(names, pl.String), orient="row")
    return Batch(frame, np.array(reading.lines, np.uint64), reading.rejects)
