"""What a reader of one file form hands over: records that are whole, and records that are not, with their bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

RECORD_FIELDS = "record_fields"
"""項目数不一致: more or fewer fields than the header."""
RECORD_TRUNCATED = "record_truncated"
"""途中で切れたレコード: the last record of a file ends too early."""
QUOTE_UNCLOSED = "quote_unclosed"
"""引用符の不整合: a quoted field is not closed, or text follows the closing quotation mark."""
UNDECODABLE = "undecodable"
"""文字コード不正: bytes that the declared encoding does not have."""
NUL_BYTE = "nul_byte"
"""NUL文字: a byte 0 in a text file."""
LINE_TOO_LONG = "line_too_long"
"""長すぎる行: longer than any record can be."""

CODES = (RECORD_FIELDS, RECORD_TRUNCATED, QUOTE_UNCLOSED, UNDECODABLE, NUL_BYTE, LINE_TOO_LONG)
"""Every code that intake gives to a record it cannot read."""


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that could not be read.

    Attributes:
        line: where it starts (see contracts.LINE). code: one of `CODES`.
        detail: what is wrong, without the content. raw: the record's own bytes, line end included.
    """

    line: int
    code: str
    detail: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """Some consecutive records of one file.

    Attributes:
        frame: String columns in the source's order, never null.
        lines: line where each record of `frame` starts.
        rejects: records between them that could not be read.
    """

    frame: pl.DataFrame
    lines: NDArray[np.uint64]
    rejects: list[Reject] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes: how much is read at a time, and how long one record may be."""

    block: int = 8 << 20
    record: int = 16 << 20


DEFAULT_LIMITS = Limits()
