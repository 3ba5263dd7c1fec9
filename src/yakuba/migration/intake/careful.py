"""The careful reading of delimited text: line by line, each record either whole or handed back with its bytes.

When a record is broken, the question is where the next one starts. It starts at the first line from which a record
can be read that is well formed and has the right number of fields; the lines before it are handed back together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yakuba.migration.intake.batch import (
    NUL_BYTE,
    QUOTE_UNCLOSED,
    RECORD_FIELDS,
    RECORD_TRUNCATED,
    UNDECODABLE,
    Reject,
)
from yakuba.migration.intake.records import Fault, is_plain, split_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from yakuba.migration.intake.encodings import Encoding

_MOST_TRIES = 256
_MOST_LINES_LOST = 1000
_END_MARK = b"\x1a"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the records of a file are written.

    Attributes:
        fields: how many a record has. original: gives the bytes of the file that a record's bytes were made from.
    """

    encoding: Encoding
    delimiter: str
    quote: str
    newline: bytes
    fields: int
    original: Callable[[bytes], bytes] = bytes


@dataclass(slots=True)
class Reading:
    """What was read of a block.

    Attributes:
        texts: each good record, well formed, with its line end. lines: line where it starts.
        rejects: the others. used: bytes that are done with; the rest needs what follows it.
        used_lines: line ends in them.
    """

    texts: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    used: int = 0
    used_lines: int = 0


def read_carefully(
    data: bytes, dialect: Dialect, *, line: int, offset: int, more: bool, forced: bool = False
) -> Reading:
    """Read the records of a block.

    Args:
        data: bytes from the start of a record on.
        dialect: how records are written.
        line: line where `data` starts.
        offset: its place in the file, for messages.
        more: whether the file goes on behind `data`; a record that may go on is then left alone.
        forced: decide about such a record all the same, because it is already longer than a record may be.
    """
    return _Block(data, dialect, line, offset, more=more, forced=forced).read()


def split_lines(data: bytes, newline: bytes) -> list[bytes]:
    """Lines with their ends; the last one may lack it."""
    parts = data.split(newline)
    last = parts.pop()
    return [part + newline for part in parts] + ([last] if last else [])


def line_end(data: bytes, quote: str) -> bytes:
    """How lines end: with a lone carriage return only when one stands outside quotes and no line feed does."""
    outside = b"".join(data.split(quote.encode())[::2]) if quote else data
    lone = outside.replace(b"\r\n", b"\n").removesuffix(b"\r")
    return b"\r" if b"\r" in lone and b"\n" not in lone else b"\n"


def bare(text: str, newline: str) -> str:
    """A line without its end; at the end of a file half of a line end counts as one."""
    return text.removesuffix("\n").removesuffix("\r") if newline == "\n" else text.removesuffix(newline)


def _usual_record(dialect: Dialect) -> re.Pattern[str]:
    """A record on one line, well formed and with the right number of fields; an empty line is none."""
    quote, mark, end = re.escape(dialect.quote), re.escape(dialect.delimiter), re.escape(dialect.newline.decode())
    bare_field = f"[^{mark}{quote}{end}]*+"
    one = f"(?:{quote}[^{quote}]*+(?:{quote}{quote}[^{quote}]*+)*+{quote}|{bare_field})" if quote else bare_field
    return re.compile(f"(?=[^\r\n]){one}(?:{mark}{one}){{{dialect.fields - 1}}}(?:\r?{end})?")


class _Block:
    def __init__(self, data: bytes, dialect: Dialect, line: int, offset: int, *, more: bool, forced: bool) -> None:
        self.dialect, self.line, self.more, self.forced = dialect, line, more, forced
        self.newline = dialect.newline.decode()
        self.raw = split_lines(data, dialect.newline)
        self.skipped = 0 if more else self._drop_end()
        if more and self.raw and not self.raw[-1].endswith(dialect.newline):
            self.raw.pop()
        if more and not forced:
            self._drop_end()
        self.offsets = [offset]
        for raw in self.raw:
            self.offsets.append(self.offsets[-1] + len(raw))
        self.faults: dict[int, int] = {}
        self.texts = self._decode_all()
        self.usual = _usual_record(dialect)

    def _drop_end(self) -> int:
        """Take off empty lines and the end mark 0x1A of old systems behind the last record; they hold nothing."""
        before = sum(map(len, self.raw))
        while self.raw and self._is_nothing(self.raw[-1]):
            self.raw.pop()
        return before - sum(map(len, self.raw))

    def _is_nothing(self, raw: bytes) -> bool:
        content = raw.strip(b"\r\n")
        return content == _END_MARK or (not content and self.dialect.fields > 1)

    def _decode_all(self) -> list[str]:
        kind = self.dialect.encoding
        try:
            parts = b"".join(self.raw).decode(kind.codec, kind.strict).split(self.newline)
        except UnicodeDecodeError:
            return [self._decode(place, raw) for place, raw in enumerate(self.raw)]
        last = parts.pop()
        return [part + self.newline for part in parts] + ([last] if last else [])

    def _decode(self, place: int, raw: bytes) -> str:
        kind = self.dialect.encoding
        try:
            return raw.decode(kind.codec, kind.strict)
        except UnicodeDecodeError as error:
            self.faults[place] = error.start
            return raw.decode(kind.codec, kind.lenient)

    def read(self) -> Reading:
        reading = Reading()
        place = 0
        while place < len(self.raw):
            text = self.texts[place]
            if self.usual.fullmatch(text) and "\0" not in text and place not in self.faults:
                reading.texts.append(text)
                reading.lines.append(self.line + place)
                place += 1
                continue
            end = self._record(place, reading)
            if end == place:
                break
            place = end
        done = place == len(self.raw)
        reading.used = self.offsets[place] - self.offsets[0] + (self.skipped if done else 0)
        reading.used_lines = place
        return reading

    def _span(self, start: int) -> tuple[list[str] | Fault | None, int]:
        """The record from a line on and the line behind it; None when it needs lines that are not here yet."""
        text, end = self.texts[start], start + 1
        result = split_record(bare(text, self.newline), self.dialect.delimiter, self.dialect.quote)
        for _ in range(_MOST_TRIES):
            if result is not Fault.OPEN:
                return result, end
            first = end
            while end < len(self.texts) and self.dialect.quote not in self.texts[end]:
                end += 1
            if end == len(self.texts):
                return (None if self.more and not self.forced else Fault.OPEN), end
            text += "".join(self.texts[first : end + 1])
            end += 1
            result = split_record(bare(text, self.newline), self.dialect.delimiter, self.dialect.quote)
        return result, end

    def _record(self, start: int, reading: Reading) -> int:
        """Judge the record from a line on; gives the line behind it, or the same line when more must be read first."""
        result, end = self._span(start)
        if result is None:
            return start
        fault = self._fault(result, start, end)
        if fault is None:
            assert not isinstance(result, Fault)
            reading.texts.append(self._well_formed(result))
            reading.lines.append(self.line + start)
            return end
        if isinstance(result, Fault) or end - start > 1:
            again = self._next_good(start + 1)
            if again < 0:
                return start
            end = again
        raw = self.dialect.original(b"".join(self.raw[start:end]))
        reading.rejects.append(Reject(self.line + start, *fault, raw))
        return end

    def _well_formed(self, fields: list[str]) -> str:
        """The record with every field in quotation marks, so that those inside a bare field need no guessing."""
        quote = self.dialect.quote
        quoted = (quote + field.replace(quote, quote * 2) + quote for field in fields) if quote else fields
        return self.dialect.delimiter.join(quoted) + self.newline

    def _fault(self, result: list[str] | Fault, start: int, end: int) -> tuple[str, str] | None:
        if isinstance(result, Fault):
            return QUOTE_UNCLOSED, result.value
        for place in range(start, end):
            if place in self.faults:
                byte = self.raw[place][self.faults[place]]
                where = self.offsets[place] + self.faults[place]
                return UNDECODABLE, f"byte 0x{byte:02X} at offset {where} is not {self.dialect.encoding.name}"
            if b"\0" in self.raw[place]:
                return NUL_BYTE, f"a byte 0 at offset {self.offsets[place] + self.raw[place].index(0)}"
        if len(result) == self.dialect.fields:
            return None
        detail = f"{len(result)} fields where {self.dialect.fields} are expected"
        if result == [""]:
            detail = "an empty line"
        at_end = not self.more and end == len(self.raw) and not self.raw[-1].endswith(self.dialect.newline)
        return (RECORD_TRUNCATED if at_end and len(result) < self.dialect.fields else RECORD_FIELDS), detail

    def _next_good(self, start: int) -> int:
        """First line from `start` on where a sound record begins; -1 when that cannot be known yet."""
        for place in range(start, min(len(self.raw), start + _MOST_LINES_LOST)):
            result, end = self._span(place)
            if result is None:
                return -1
            text = bare("".join(self.texts[place:end]), self.newline)
            if (
                not isinstance(result, Fault)
                and len(result) == self.dialect.fields
                and is_plain(text, self.dialect.delimiter, self.dialect.quote)
            ):
                return place
        if self.more and not self.forced and len(self.raw) < start + _MOST_LINES_LOST:
            return -1
        return min(len(self.raw), start + _MOST_LINES_LOST)
