"""The fast reading of delimited text: a whole block at once, together with the proof that nothing was misread.

Polars fills a short record up without a word, so its answer alone proves nothing. Here a block counts as read only when

1. every quotation mark stands where RFC 4180 lets it stand (then toggling inside/outside at each mark is exact),
2. the number of rows is the number of line ends outside quotation marks, and
3. the bytes of the block are the bytes of all values + (columns - 1) delimiters per row + line ends + marks.

Polars refuses a record with too many fields, so with 3 every record has exactly the fields it should have.
"""

from __future__ import annotations

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
    """The shape of whole records in UTF-8, or None when their quotation marks are not in order."""
    lines = data.count(newline)
    open_end = int(not data.endswith(newline))
    pairs = data.count(b"\r\n") if newline == b"\n" and b"\r" in data else 0
    if not quote or quote.encode() not in data:
        return Shape(lines + open_end, lines + pairs, None, lines)
    array = np.frombuffer(data, np.uint8)
    marks = np.flatnonzero(array == ord(quote))
    escaped = _escaped_marks(array, marks, ord(delimiter), newline)
    if escaped < 0:
        return None
    structure = len(marks) - escaped
    ends = np.flatnonzero(array == newline[0])
    outside = np.searchsorted(marks, ends) % 2 == 0
    count = int(outside.sum())
    if count == lines:
        return Shape(lines + open_end, structure + lines + pairs, None, lines)
    real = ends[outside]
    pairs = int((array[real[real > 0] - 1] == _CR).sum()) if newline == b"\n" else 0
    starts = np.concatenate(([0], np.flatnonzero(outside) + 1)).astype(np.uint64)
    rows = count + open_end
    return Shape(rows, structure + count + pairs, starts[:rows], lines)


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
