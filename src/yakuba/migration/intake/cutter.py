"""Cuts a stream of bytes into blocks of whole records, decodes them strictly and looks at their shape."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.migration.intake.batch import LINE_TOO_LONG, Reject
from yakuba.migration.intake.careful import Dialect, Reading, read_carefully
from yakuba.migration.intake.encodings import to_utf8
from yakuba.migration.intake.regular import Shape, shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.migration.intake.files import Readable
    from yakuba.migration.intake.task import Task

_KEPT = 1024


@dataclass(frozen=True, slots=True)
class Regular:
    """Whole records that are decoded and whose quotation marks are in order.

    Attributes:
        raw: as in the file (UTF-8 where the file is UTF-16). text: the same in UTF-8.
        line: where it starts. offset: byte where it starts. last: the file ends with it.
    """

    raw: bytes
    text: bytes
    shape: Shape
    line: int
    offset: int
    last: bool


class Cutter:
    """Walks through one file.

    Attributes:
        buffer: bytes that are read and not yet handed on. line, offset: where they start.
    """

    def __init__(
        self, stream: Readable, task: Task, dialect: Dialect, *, buffer: bytes, line: int, offset: int
    ) -> None:
        self.stream, self.task, self.dialect = stream, task, dialect
        self.buffer, self.line, self.offset = buffer, line, offset

    def blocks(self) -> Iterator[Regular | Reading]:
        """Blocks in order: regular ones, or what the careful reading made of the others."""
        ended = False
        while not ended:
            data = self.stream.read(self.task.limits.block)
            ended = not data
            self.buffer = self.buffer + data if self.buffer else data
            yield from self._drain(more=not ended)

    def _drain(self, *, more: bool) -> Iterator[Regular | Reading]:
        while self.buffer:
            forced = more and len(self.buffer) >= self.task.limits.record
            too_long = len(self.buffer) > self.task.limits.record and self._first_end() < 0
            block = self._spill() if too_long else self._block(more=more, forced=forced)
            if block is None:
                return
            yield block
            if more and len(self.buffer) < self.task.limits.block:
                return

    def _first_end(self) -> int:
        return self.buffer.find(self.dialect.newline, 0, self.task.limits.record)

    def _block(self, *, more: bool, forced: bool) -> Regular | Reading | None:
        end = self._cut() if more else len(self.buffer)
        if end:
            regular = self._regular(self.buffer[:end], last=not more)
            if regular is not None:
                self._advance(end, regular.shape.lines)
                return regular
        elif not forced:
            return None
        reading = read_carefully(
            self.buffer, self.dialect, line=self.line, offset=self.offset, more=more, forced=forced
        )
        if not reading.used:
            return None
        self._advance(reading.used, reading.used_lines)
        return reading

    def _cut(self) -> int:
        """End of the last whole record in the buffer, counted by quotation marks; empty lines behind it stay."""
        newline, quote = self.dialect.newline, self.dialect.quote.encode()
        inside = self.buffer.count(quote) % 2 if quote else 0
        end = len(self.buffer)
        while True:
            place = self.buffer.rfind(newline, 0, end)
            if place < 0:
                return 0
            if quote:
                inside ^= self.buffer.count(quote, place, end) % 2
            if not inside:
                return self._without_blank(place + 1)
            end = place

    def _without_blank(self, end: int) -> int:
        """The same end, before any empty lines: whether they stand at the end of the file is not known yet."""
        start = max(0, end - _KEPT)
        content = self.buffer[start:end].rstrip(b"\r\n")
        return self.buffer.find(self.dialect.newline, start + len(content)) + 1 if content else 0

    def _regular(self, raw: bytes, *, last: bool) -> Regular | None:
        if b"\0" in raw:
            return None
        text = raw
        # What is said to be UTF-8 goes to the parser as it is: it refuses every byte that is not, and then the block
        # is read with care.
        if self.dialect.encoding.codec != "utf-8" and not raw.isascii():
            try:
                text = to_utf8(raw, self.dialect.encoding)
            except UnicodeDecodeError:
                return None
        if not text.endswith(self.dialect.newline):
            text += self.dialect.newline
        found = shape(text, self.dialect.delimiter, self.dialect.quote, self.dialect.newline)
        return Regular(raw, text, found, self.line, self.offset, last) if found else None

    def _advance(self, used: int, lines: int) -> None:
        self.buffer = self.buffer[used:]
        self.line += lines
        self.offset += used

    def _spill(self) -> Reading:
        """Put a line that is too long to be a record into a file of its own, piece by piece."""
        self.task.spill.mkdir(parents=True, exist_ok=True)
        start, digest, size = self.line, hashlib.sha256(), 0
        head = self.buffer[:_KEPT]
        path = self.task.spill / f"{hashlib.sha256(self.task.label.encode()).hexdigest()[:8]}-{start}.bin"
        with path.open("wb") as out:
            while self.buffer:
                end = self.buffer.find(self.dialect.newline) + 1
                piece = self.buffer[: end or len(self.buffer)]
                out.write(piece)
                digest.update(piece)
                size += len(piece)
                self._advance(len(piece), 1 if end else 0)
                if end:
                    break
                self.buffer = self.stream.read(self.task.limits.block)
        detail = f"{size} bytes, sha256 {digest.hexdigest()}, kept whole in {path.parent.name}/{path.name}"
        return Reading(rejects=[Reject(start, LINE_TOO_LONG, detail, head)])
