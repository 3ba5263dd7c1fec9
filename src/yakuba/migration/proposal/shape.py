"""How the records of a text are written (区切り・引用符・固定長の推定)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from yakuba.migration.intake.careful import bare, line_end, split_lines
from yakuba.migration.intake.records import Fault, split_record
from yakuba.migration.proposal.model import Guess

if TYPE_CHECKING:
    from yakuba.migration.intake.encodings import Encoding

_DELIMITERS = {",": "commas", "\t": "tabs", ";": "semicolons", "|": "bars"}
_RECORDS = 500
_LONGEST_RECORD = 50
_LONGEST_LINE = 1 << 16
_GOOD = 0.4
_REGULAR = 0.95
_FEWEST = 3
_SHORTEST = 8
_LONGEST = 8000
_SOME, _CLOSE, _PERIODIC = 0.3, 0.01, 0.85
_SPACE, _DIGIT, _LETTER, _WIDE, _WIDE_SPACE = range(5)


@dataclass(frozen=True, slots=True)
class Delimited:
    """A way to split a text. `share` is how many of its records have the usual number of fields."""

    delimiter: str
    quote: str
    fields: int
    share: float
    faults: int
    quoted: bool

    @property
    def score(self) -> float:
        """1 when every record has the same, large number of fields; 0 for one field."""
        return self.share * (1 - 1 / self.fields) - self.faults / _RECORDS


def guess_delimited(text: str) -> Guess | None:
    """The delimiter and quotation mark of a text as `Delimited`; None when none gives even records."""
    newline = line_end(text.encode(), '"').decode()
    lines = [line.decode() for line in split_lines(text.encode(), newline.encode())]
    ways = [_try(lines, newline, mark, quote) for mark in _DELIMITERS for quote in ('"', "", "'")]
    best = max(ways, key=lambda way: (round(way.score, 3), way.quoted, way.quote == '"'))
    if best.score < _GOOD:
        return None
    doubts = () if best.share == 1 else (f"{1 - best.share:.1%} of the sampled records have another number of fields",)
    reason = f"{_DELIMITERS[best.delimiter]} give {best.fields} fields in {best.share:.1%} of the records"
    return Guess(best, reason, doubts)


def _try(lines: list[str], newline: str, delimiter: str, quote: str) -> Delimited:
    counts: Counter[int] = Counter()
    faults, place, quoted = 0, 0, False
    while place < len(lines) and counts.total() + faults < _RECORDS:
        text, end = lines[place], place + 1
        fields = split_record(bare(text, newline), delimiter, quote)
        while fields is Fault.OPEN and end < min(len(lines), place + _LONGEST_RECORD):
            text += lines[end]
            end += 1
            fields = split_record(bare(text, newline), delimiter, quote)
        if isinstance(fields, Fault):
            faults += 1
            end = place + 1
        elif fields != [""]:
            counts[len(fields)] += 1
            quoted = quoted or bool(quote and (text.startswith(quote) or delimiter + quote in text))
        place = end
    if counts.total() == 1 and len(lines[0]) > _LONGEST_LINE:
        counts = Counter({1: 1})  # no line ends: rather a fixed width than one endless record
    usual, count = counts.most_common(1)[0] if counts else (1, 0)
    return Delimited(delimiter, quote, usual, count / max(1, counts.total()), faults, quoted)


def guess_widths(data: bytes, kind: Encoding, size: int) -> Guess | None:
    """Byte widths of the columns, when all records have the same length.

    Args:
        data: start of the file, without a byte order mark.
        kind: its encoding.
        size: bytes of the whole file, to find the length where there are no line ends.
    """
    end = next((mark.encode(kind.codec) for mark in ("\r\n", "\n") if mark.encode(kind.codec) in data), b"")
    if end:
        lines = [line for line in data.split(end) if line]
        lengths = Counter(len(line) for line in lines)
        length, count = lengths.most_common(1)[0]
        if len(lines) < _FEWEST or count < _REGULAR * len(lines) or length < _SHORTEST or length % kind.unit:
            return None
        rows = [line for line in lines if len(line) == length]
        reason = f"{count:,} of {len(lines):,} lines are {length} bytes long"
    else:
        length = _period(data, size)
        if not length or length % kind.unit:
            return None
        rows = [data[at : at + length] for at in range(0, len(data) - length + 1, length)]
        reason = f"no line ends; the bytes repeat their kinds every {length} bytes"
    return Guess(_columns(rows[: 4 * _RECORDS], kind), reason)


def _classes(data: bytes, length: int) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """Kind of each byte of each record: 0 space, 1 digit, 2 other ASCII, 3 outside ASCII."""
    table = np.full(256, _LETTER, np.uint8)
    table[0x20] = _SPACE
    table[0x30:0x3A] = _DIGIT
    table[0x80:] = _WIDE
    return table[np.frombuffer(data, np.uint8)].reshape(-1, length)


def _period(data: bytes, size: int) -> int:
    """Length of a record in a file without line ends: a divisor of its size at which bytes of one kind meet."""
    scores = {}
    for length in range(_SHORTEST, min(_LONGEST, size // _FEWEST) + 1):
        if size % length == 0 and len(data) >= _FEWEST * length:
            count = min(len(data) // length, _RECORDS)
            kinds = _classes(data[: count * length], length)
            shares = [np.mean(kinds == one, axis=0) for one in (_SPACE, _DIGIT, _LETTER, _WIDE)]
            scores[length] = float(np.mean(np.max(shares, axis=0)))
    if not scores:
        return 0
    top = max(scores.values())
    return min(length for length, score in scores.items() if score > top - _CLOSE) if top > _PERIODIC else 0


def _columns(rows: list[bytes], kind: Encoding) -> list[int]:
    """Widths: a new column starts where spaces end or where the kind of character changes in nearly every record."""
    kinds = np.array([row for row in (_character_kinds(row, kind) for row in rows) if row])
    edges = [0]
    for place in range(kind.unit, kinds.shape[1] if kinds.size else 0, kind.unit):
        before, here = kinds[:, place - kind.unit], kinds[:, place]
        blank = (before == _SPACE) | (before == _WIDE_SPACE)
        filled = (here != _SPACE) & (here != _WIDE_SPACE)
        padded = np.mean(blank & filled) > _SOME and np.mean(filled) > _REGULAR
        wide_before, wide_here = before >= _WIDE, here >= _WIDE
        changed = np.mean(wide_before != wide_here) > _REGULAR and len(set(wide_here.tolist())) == 1
        changed = changed or (np.mean(before == _DIGIT) > _REGULAR and np.mean(here == _LETTER) > _REGULAR)
        if (padded or changed) and _whole(rows, edges[-1], place, kind):
            edges.append(place)
    while len(edges) > 1 and not _whole(rows, edges[-1], len(rows[0]), kind):
        edges.pop()
    return [stop - start for start, stop in pairwise([*edges, len(rows[0])])]


def _character_kinds(row: bytes, kind: Encoding) -> list[int]:
    """Kind of the character that each byte belongs to; nothing when the record cannot be decoded."""
    try:
        text = row.decode(kind.codec, kind.strict)
    except UnicodeDecodeError:
        return []
    kinds: list[int] = []
    for letter in text:
        wide = len(letter.encode(kind.codec)) > kind.unit if kind.unit == 1 else not letter.isascii()
        one = _WIDE if wide else _SPACE if letter == " " else _DIGIT if letter.isdigit() else _LETTER
        one = _WIDE_SPACE if letter == "　" else one
        kinds.extend([one] * (len(letter.encode(kind.codec)) if letter.isprintable() or letter == "　" else 1))
    return kinds if len(kinds) == len(row) else []


def _whole(rows: list[bytes], start: int, stop: int, kind: Encoding) -> bool:
    """Whether this cut leaves every character whole in nearly every record."""
    wrong = 0
    for row in rows:
        try:
            row[start:stop].decode(kind.codec, kind.strict)
        except UnicodeDecodeError:
            wrong += 1
    return wrong <= len(rows) * (1 - _REGULAR)
