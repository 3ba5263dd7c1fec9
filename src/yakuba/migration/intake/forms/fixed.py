"""Fixed width (固定長): columns of so many bytes, records with or without a line end between them.

Each block gets control characters between its columns, so that one strict decoding shows whether a column edge cuts a
character, and is then parsed like any delimited text.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.migration.intake.ahead import ahead
from yakuba.migration.intake.batch import NUL_BYTE, RECORD_FIELDS, RECORD_TRUNCATED, UNDECODABLE, Batch, Reject
from yakuba.migration.intake.columns import column_names
from yakuba.migration.intake.encodings import BOMS, Encoding, encoding, other_reading
from yakuba.migration.intake.regular import Shape, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.migration.intake.files import Readable
    from yakuba.migration.intake.task import Task

_MARKS = b"\x1f\x1e\x1d\x1c\x01\x02\x03\x04"
"""Control characters that may stand between columns and records while a block is parsed."""
_FEW = 20
_ENDS = ("\r\n", "\n", "\r")


@dataclass(frozen=True, slots=True)
class Measure:
    """How a record is laid out. `edges` are byte offsets of the columns; `end` is the line end, empty for none."""

    kind: Encoding
    names: tuple[str, ...]
    edges: tuple[int, ...]
    end: bytes
    trim: bool

    @property
    def size(self) -> int:
        """Bytes of a record with its line end."""
        return self.edges[-1] + len(self.end)


def read(stream: Readable, task: Task) -> Iterator[Batch]:
    """Records of one file, in order; LINE is the number of the record.

    Raises:
        UsageError: the source gives no widths.
    """
    names = column_names(column.name for column in task.spec.columns)
    widths = [column.width for column in task.spec.columns]
    kind = encoding(task.spec.encoding)
    if not widths or min(widths) < 1 or any(width % kind.unit for width in widths):
        raise UsageError(
            f"source {task.spec.name}: fixed width needs a width in bytes for every column",
            remedy='columns = [{name = "…", width = 15}, …]',
        )
    head = stream.read(task.limits.block)
    while len(head) < 4 * sum(widths) + 8 and (data := stream.read(task.limits.block)):
        head += data
    bom = next((mark for mark, name in BOMS.items() if head.startswith(mark) and _same(kind, name)), b"")
    if bom:
        kind, head = encoding(BOMS[bom]), head[len(bom) :]
    edges = (0, *accumulate(widths))
    measure = Measure(kind, names, edges, _line_end(head, edges[-1], kind), task.spec.trim == "right")
    yield Batch(pl.DataFrame(schema=dict.fromkeys(names, pl.String)), np.empty(0, np.uint64))
    yield from ahead(_Walk(stream, task, measure, head).batches())


def _same(kind: Encoding, announced: str) -> bool:
    told = encoding(announced)
    return told.codec == kind.codec or (kind.name == "utf-16" and told.unit == kind.unit)


def _line_end(head: bytes, width: int, kind: Encoding) -> bytes:
    """The line end found behind the first record or, when that one has the wrong length, anywhere near.

    A line feed there with a carriage return before it is the end of a first record that is too short by one.
    """
    ends = [end.encode(kind.codec) for end in _ENDS]
    both, feed, _ = ends
    torn = head.startswith(both, width - len(both) + len(feed))
    behind = next((end for end in ends if head.startswith(end, width)), None)
    if behind is not None and not torn:
        return behind
    near = head[: 4 * width + 8]
    return next((end for end in ends if end in near), b"")


class _Walk:
    """Walks through one file. `done` counts the records behind it, good and bad."""

    def __init__(self, stream: Readable, task: Task, measure: Measure, buffer: bytes) -> None:
        self.stream, self.task, self.measure, self.buffer = stream, task, measure, buffer
        self.done = 0

    def batches(self) -> Iterator[Batch]:
        data = b"more"
        while data:
            data = self.stream.read(self.task.limits.block)
            self.buffer += data
            batch, used = self._quick()
            if batch is None:
                pieces = self._pieces(more=bool(data))
                batch, used = self._slow(pieces, last=not data), sum(map(len, pieces))
                self.done += len(pieces)
            yield batch
            self.buffer = self.buffer[used:]
            if not data and self.buffer and used:
                data = b"more"

    def _quick(self) -> tuple[Batch | None, int]:
        """All whole records of the buffer at once, when every one of them has the right length and can be decoded."""
        measure, kind = self.measure, self.measure.kind
        rows = len(self.buffer) // measure.size
        used = rows * measure.size
        marks = [mark for mark in _MARKS if mark not in self.buffer][:2]
        if not rows or len(marks) < len("\t\n"):
            return None, 0
        unit = np.uint8 if kind.unit == 1 else np.dtype("<u2" if kind.codec == "utf-16-le" else ">u2")
        table = np.frombuffer(self.buffer[:used], unit).reshape(rows, -1)
        width = measure.edges[-1] // kind.unit
        if not (table[:, width:] == np.frombuffer(measure.end, unit)).all():
            return None, 0
        marked = np.empty((rows, width + len(measure.names)), unit)
        for place, (start, stop) in enumerate(pairwise(edge // kind.unit for edge in measure.edges)):
            marked[:, start + place : stop + place] = table[:, start:stop]
            marked[:, stop + place] = marks[0]
        marked[:, -1] = marks[1]
        frame = _decoded(marked.tobytes(), measure, rows, *map(chr, marks))
        if frame is None:
            return None, 0
        lines = np.arange(self.done + 1, self.done + rows + 1, dtype=np.uint64)
        self.done += rows
        return Batch(frame, lines), used

    def _pieces(self, *, more: bool) -> list[bytes]:
        """Records by their line ends, or by their length when there are none."""
        end, size = self.measure.end, self.measure.size
        if not end:
            usable = len(self.buffer) - len(self.buffer) % size if more else len(self.buffer)
            return [self.buffer[start : start + size] for start in range(0, usable, size)]
        pieces = _split(self.buffer, end, self.measure.kind.unit)
        if more and pieces and not pieces[-1].endswith(end) and len(self.buffer) < self.task.limits.record:
            pieces.pop()
        nothing = (end, b"\x1a", b"\x1a" + end)
        while pieces and pieces[-1] in nothing and (not more or len(self.buffer) < self.task.limits.record):
            pieces.pop()  # behind the last record they hold nothing; elsewhere they come again with what follows
            self.buffer = self.buffer if more else b"".join(pieces)
        return pieces

    def _slow(self, pieces: list[bytes], *, last: bool) -> Batch:
        """Record by record."""
        measure = self.measure
        rows, lines, rejects, foreign = [], [], [], 0
        for number, piece in enumerate(pieces, self.done + 1):
            result = _record(piece, measure, last=last and number == self.done + len(pieces))
            if isinstance(result, list):
                rows.append(result)
                lines.append(number)
                foreign += not piece.isascii()
            else:
                rejects.append(Reject(number, *result, piece))
        self._check(rejects, pieces, foreign)
        schema = dict.fromkeys(measure.names, pl.String)
        frame = pl.DataFrame(rows, schema=schema, orient="row") if rows else pl.DataFrame(schema=schema)
        return Batch(_trimmed(frame, measure), np.array(lines, np.uint64), rejects)

    def _check(self, rejects: list[Reject], pieces: list[bytes], foreign: int) -> None:
        """Stop when it is not some records that are wrong but what was declared about all of them."""
        if self.done or not rejects or len(rejects) < len(pieces) - len(pieces) // 2:
            return
        place = f"{self.task.label}: record {rejects[0].line}"
        source = self.task.spec.name
        other = other_reading(b"".join(pieces), self.measure.kind)
        if other and sum(reject.code == UNDECODABLE for reject in rejects) > foreign:
            raise CannotContinueError(
                f"{place}: declared {self.measure.kind.name}, looks like {other}",
                remedy=f'set encoding = "{other}" for source {source}',
            )
        lengths = Counter(len(piece) for piece in pieces if piece.endswith(self.measure.end))
        usual, count = lengths.most_common(1)[0] if lengths else (0, 0)
        if usual != self.measure.size and count > _FEW:
            raise CannotContinueError(
                f"{place}: declared {self.measure.edges[-1]} bytes wide, records are {usual - len(self.measure.end)}",
                remedy=f"check the widths of source {source}",
            )


def _split(data: bytes, end: bytes, unit: int) -> list[bytes]:
    """Pieces with their line ends; for two-byte characters only ends that stand on a character's place count."""
    if unit == 1:
        parts = data.split(end)
        last = parts.pop()
        return [part + end for part in parts] + ([last] if last else [])
    pieces, start, place = [], 0, data.find(end)
    while place >= 0:
        if (place - start) % unit:
            place = data.find(end, place + 1)
            continue
        pieces.append(data[start : place + len(end)])
        start = place + len(end)
        place = data.find(end, start)
    return pieces + ([data[start:]] if start < len(data) else [])


def _decoded(data: bytes, measure: Measure, rows: int, between: str, behind: str) -> pl.DataFrame | None:
    kind = measure.kind
    try:
        text = data.decode(kind.codec, kind.strict).encode()
    except UnicodeDecodeError:
        return None
    if b"\0" in text:
        return None
    frame = parse(text, measure.names, Shape(rows, rows, None, rows), between, "", behind.encode())
    return None if frame is None else _trimmed(frame, measure)


def _record(piece: bytes, measure: Measure, *, last: bool) -> list[str] | tuple[str, str]:
    """The columns of one record, or why it is none."""
    raw = piece.removesuffix(measure.end) if measure.end else piece
    if len(raw) != measure.edges[-1]:
        cut = last and len(raw) < measure.edges[-1] and raw == piece
        return (RECORD_TRUNCATED if cut else RECORD_FIELDS), f"{len(raw)} bytes where {measure.edges[-1]} are expected"
    if measure.end and raw == piece and not last:
        return RECORD_FIELDS, "the line end is missing"
    values = []
    for name, (start, stop) in zip(measure.names, pairwise(measure.edges), strict=True):
        try:
            values.append(raw[start:stop].decode(measure.kind.codec, measure.kind.strict))
        except UnicodeDecodeError as error:
            return UNDECODABLE, f"byte {start + error.start} of the record, in {name}, is not {measure.kind.name}"
        if "\0" in values[-1]:
            return NUL_BYTE, f"a byte 0 in {name}"
    return values


def _trimmed(frame: pl.DataFrame, measure: Measure) -> pl.DataFrame:
    """Padding taken off: half-width and full-width spaces on the right."""
    return frame.select(pl.all().str.strip_chars_end(" 　")) if measure.trim and frame.height else frame
