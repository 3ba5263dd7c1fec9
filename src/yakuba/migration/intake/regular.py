"""The fast reading of delimited text: a whole block at once, together with the proof that nothing was misread.

Polars fills a short record up without a word, so its answer alone proves nothing. Here a block counts as read only when

1. every quotation mark stands where RFC 4180 lets it stand (then toggling inside/outside at each mark is exact),
2. the number of rows is the number of line ends outside quotation marks, and
3. the bytes of the block are the bytes of all values + (columns - 1) delimiters per row + line ends + marks.

Polars refuses a record with too many fields when a line end follows, so with 3 every record has exactly the fields it
should have. The one thing it drops besides is a byte order mark at the start; such a block is not taken as regular.
"""

from __future__ import annotations

import codecs
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_LF, _CR = 10, 13


@dataclass(frozen=True, slots=True)
class Shape:
    """What the bytes of a block say about it before it is parsed.

    Attributes:
        rows: records. structure: bytes that belong to no value, delimiters left out.
        starts: line of each record counted from 0, null when record and line are the same.
        lines: line ends in the block.
    """

    rows: int
    structure: int
    starts: NDArray[np.uint64] | None
    lines: int


def shape(data: bytes, delimiter: str, quote: str, newline: bytes) -> Shape | None:
    """The shape of whole records in UTF-8, or None when their quotation marks are not in order.

    The last record must have its line end: Polars overlooks a delimiter at the very end of its input.
    """
    if not data.endswith(newline) or data.startswith(codecs.BOM_UTF8):
        return None
    lines = data.count(newline)
    array = np.frombuffer(data, np.uint8)
    marked = bool(quote) and quote.encode() in data
    ends = np.flatnonzero(array == newline[0]) if marked or b"\r" in data else np.empty(0, np.int64)
    pairs = _returns(array, ends) if newline == b"\n" and b"\r" in data else 0
    if not marked:
        return Shape(lines, lines + pairs, None, lines)
    marks = np.flatnonzero(array == ord(quote))
    if _all_plain(array, marks, ends, ord(delimiter), newline, with_returns=bool(pairs)):
        return Shape(lines, len(marks) + lines + pairs, None, lines)
    escaped = _escaped_marks(array, marks, ord(delimiter), newline)
    if escaped < 0:
        return None
    structure = len(marks) - escaped
    outside = np.searchsorted(marks, ends) % 2 == 0
    count = int(outside.sum())
    if count == lines:
        return Shape(lines, structure + lines + pairs, None, lines)
    pairs = _returns(array, ends[outside]) if newline == b"\n" else 0
    starts = np.concatenate(([0], np.flatnonzero(outside) + 1)).astype(np.uint64)
    return Shape(count, structure + count + pairs, starts[:count], lines)


def _returns(array: NDArray[np.uint8], ends: NDArray[np.int64]) -> int:
    """How many of these line ends have a carriage return before them."""
    return int((array[ends[ends > 0] - 1] == _CR).sum())


def _all_plain(
    array: NDArray[np.uint8],
    marks: NDArray[np.int64],
    ends: NDArray[np.int64],
    delimiter: int,
    newline: bytes,
    *,
    with_returns: bool,
) -> bool:
    """Whether all marks stand in pairs around whole fields of one line: the usual case, which is quick to see.

    Args:
        array: the block; `marks`: places of the marks; `ends`: places of line ends.
        with_returns: whether lines end with a carriage return and a line feed.
    """
    if len(marks) % 2:
        return False
    opening, closing = marks[0::2], marks[1::2]
    # Of the first byte of a block this looks at the last one, which is a line end; no mark is the last byte.
    before, after = array[opening - 1], array[closing + 1]
    opened = (before == delimiter) | (before == newline[0])
    closed = (after == delimiter) | (after == newline[0])
    if with_returns:
        closed |= (after == _CR) & (array[np.minimum(closing + 2, len(array) - 1)] == _LF)
    return bool(opened.all() and closed.all()) and not (np.searchsorted(marks, ends) % 2).any()


def _escaped_marks(array: NDArray[np.uint8], marks: NDArray[np.int64], delimiter: int, newline: bytes) -> int:
    """Number of marks that stand for themselves (written twice); -1 when a mark stands where none may."""
    if len(marks) % 2:
        return -1
    opening, closing = marks[0::2], marks[1::2]
    twice = opening[1:] == closing[:-1] + 1
    before = array[opening - 1]  # of the first byte of a block this looks at the last one, corrected below
    good = (before == delimiter) | (before == newline[0])
    good[1:] |= twice
    good[0] |= opening[0] == 0
    if not good.all():
        return -1
    last = closing[-1] == len(array) - 1
    after = array[np.minimum(closing + 1, len(array) - 1)]
    good = (after == delimiter) | (after == newline[0])
    good[:-1] |= twice
    good[-1] |= last
    if newline == b"\n":
        follower = array[np.minimum(closing + 2, len(array) - 1)]
        good |= (after == _CR) & (follower == _LF)
    return int(twice.sum()) if good.all() else -1


def parse(
    data: bytes, columns: Sequence[str], shape: Shape, delimiter: str, quote: str, newline: bytes
) -> pl.DataFrame | None:
    """The block as a table, or None when it is not proven to be regular."""
    try:
        frame = pl.read_csv(
            io.BytesIO(data),
            has_header=False,
            separator=delimiter,
            quote_char=quote or None,
            eol_char=newline.decode(),
            schema=dict.fromkeys(columns, pl.String),
            empty_string_is_null=False,
        )
    except pl.exceptions.PolarsError:
        return None
    values = frame.select(pl.all().str.len_bytes().cast(pl.UInt64).sum()).sum_horizontal().item() if frame.height else 0
    delimiters = (len(columns) - 1) * shape.rows
    proven = frame.height == shape.rows and values + delimiters + shape.structure == len(data)
    return frame if proven else None
