"""Digests of rows and tables (要約値): what proves that the rows restored are the rows that were sent."""

from __future__ import annotations

import io
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import polars_hash  # noqa: F401  the expressions .chash and .nchash register themselves

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Words = NDArray[np.uint64]

_HALF = np.uint64(0xFFFF_FFFF)
_SHIFT = np.uint64(32)
_MODULUS = 1 << 128
_HEX, _LINE = 32, 65
"""Letters of a digest: 16 bytes; letters of a whole SHA-256 and its line end."""
_NIBBLES, _ONES = np.uint64(0x0F0F0F0F_0F0F0F0F), np.uint64(0x01010101_01010101)
_FOLDS = (
    (np.uint64(4), np.uint64(0x00FF00FF_00FF00FF)),
    (np.uint64(8), np.uint64(0x0000FFFF_0000FFFF)),
    (np.uint64(16), np.uint64(0x00000000_FFFFFFFF)),
)
"""Each brings neighbours together: letters to bytes, to pairs, to fours."""


def new_salt() -> str:
    """A salt (32 letters), the same from a full generation to the last delta on it."""
    return secrets.token_hex(16)


def new_seeds() -> tuple[int, int]:
    """Two secret seeds for `fingerprints`."""
    return secrets.randbits(63), secrets.randbits(63)


def row_digests(records: pl.Series, salt: str) -> Words:
    """Digest of each row.

    Args:
        records: texts of rows, see the package.

    Returns:
        (n, 2): the upper and the lower 64 bits.
    """
    digest = (pl.lit(salt) + pl.col("record")).chash.sha2_256()  # type: ignore[attr-defined]
    letters = io.BytesIO()
    records.alias("record").to_frame().select(digest).write_csv(letters, include_header=False, quote_style="never")
    lines = np.frombuffer(letters.getbuffer(), np.uint8).reshape(len(records), _LINE)
    return _words(np.ascontiguousarray(lines[:, :_HEX]))


def _words(letters: NDArray[np.uint8]) -> Words:
    """Hexadecimal letters, 32 a row, as words, two a row: eight letters at a time, half as long as one by one takes."""
    eight = letters.view(">u8").astype(np.uint64)
    # "0"…"9" end in their value; "a"…"f" have bit 6, and end in their value less 9.
    eight = (eight & _NIBBLES) + ((eight >> np.uint64(6)) & _ONES) * np.uint64(9)
    for shift, mask in _FOLDS:
        eight = (eight | (eight >> shift)) & mask
    return (eight[:, 0::2] << _SHIFT) | eight[:, 1::2]


def fingerprints(records: pl.Series, seeds: tuple[int, int]) -> Words:
    """Fast 128-bit marks to find equal texts by; proof of nothing, since whoever knows the seeds can make two alike.

    Returns:
        (2, n): each half is one stretch of memory, as they are sorted and searched by the first.
    """
    column = pl.col("record").nchash  # type: ignore[attr-defined]
    marks = records.alias("record").to_frame().select(a=column.xxh3_64(seed=seeds[0]), b=column.xxh3_64(seed=seeds[1]))
    return np.stack([marks["a"].to_numpy(), marks["b"].to_numpy()])


@dataclass(frozen=True, slots=True)
class TableDigest:
    """Digest of a table: number of its rows, and the sum of their digests modulo 2**128."""

    rows: int = 0
    sum: int = 0

    @classmethod
    def of(cls, digests: Words) -> TableDigest:
        """Of the rows with these digests, (n, 2)."""
        return cls(len(digests), ((_total(digests[:, 0]) << 64) + _total(digests[:, 1])) % _MODULUS)

    def plus(self, other: TableDigest) -> TableDigest:
        """With the rows of another."""
        return TableDigest(self.rows + other.rows, (self.sum + other.sum) % _MODULUS)

    def minus(self, other: TableDigest) -> TableDigest:
        """Without the rows of another."""
        return TableDigest(self.rows - other.rows, (self.sum - other.sum) % _MODULUS)

    @property
    def hex(self) -> str:
        """The sum in 32 letters."""
        return f"{self.sum:0{_HEX}x}"

    @classmethod
    def parse(cls, rows: int, text: str) -> TableDigest:
        """From what `hex` wrote."""
        return cls(rows, int(text, 16))


def _total(words: Words) -> int:
    """Sum without overflow: in halves, exact up to 2**32 rows."""
    return (int((words >> _SHIFT).sum(dtype=np.uint64)) << 32) + int((words & _HALF).sum(dtype=np.uint64))
