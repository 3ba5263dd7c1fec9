"""Digests of columns (列の要約値): the same however the rows are cut into blocks, and fast enough for every column.

A column's digest is SHA-256 over three things: the bytes of all its values one after the other (UTF-8), the
lengths of the values, and their number. The lengths are hashed apart so that ("ab", "c") and ("a", "bc") differ.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from yakuba.layouts.model import Group

_NUMERIC = frozenset({"9", "9V", "S9"})
_SUMMABLE = r"^-?[0-9]{1,18}(\.[0-9]{1,9})?$"
_SCALE = 9


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """What is known of one column without showing a value of it.

    Attributes:
        name: column or item name.
        cells: number of cells. filled: those that are not "".
        sha256: digest of the column (see the module), hex.
        total: exact control total (合計値) as decimal text; "" when the column is not a number.
        unsummed: cells that are filled but not plain numbers and so are not in the total.
    """

    name: str
    cells: int
    filled: int
    sha256: str
    total: str = ""
    unsummed: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for the evidence."""
        return asdict(self)


class ColumnDigest:
    """Running digest of one String column."""

    def __init__(self) -> None:
        self._values = hashlib.sha256()
        self._lengths = hashlib.sha256()
        self.cells = 0
        self.filled = 0

    def update(self, column: pl.Series) -> None:
        """Take the next cells (String, no nulls)."""
        self.update_joined(column.str.join("").cast(pl.Binary).item(), column.str.len_bytes())

    def update_joined(self, values: bytes, lengths: pl.Series) -> None:
        """Take the next cells as the bytes of all values and their lengths in bytes (UInt32, no nulls)."""
        if lengths.null_count():
            raise ValueError("a column with nulls has no digest: an empty cell is the empty string")
        self._values.update(values)
        self._lengths.update(lengths.to_numpy().astype("<u4", copy=False).data)
        self.cells += lengths.len()
        self.filled += int((lengths > 0).sum())

    def update_empty(self, cells: int) -> None:
        """Take the next cells, all of them empty."""
        self._lengths.update(bytes(4 * cells))
        self.cells += cells

    def copy(self) -> ColumnDigest:
        """The same cells so far, to be gone on with apart."""
        other = ColumnDigest()
        other._values, other._lengths = self._values.copy(), self._lengths.copy()
        other.cells, other.filled = self.cells, self.filled
        return other

    def hexdigest(self) -> str:
        """The digest of all cells so far."""
        whole = self._values.digest() + self._lengths.digest() + self.cells.to_bytes(8, "little")
        return hashlib.sha256(whole).hexdigest()


class ControlSum:
    """Exact running sum of the numbers of a String column; texts that are no plain number are counted apart."""

    def __init__(self) -> None:
        self.total = Fraction(0)
        self.unsummed = 0

    def update(self, column: pl.Series) -> Fraction:
        """Add the next cells; gives back what they add."""
        # The same numbers come again and again: each is looked at once.
        texts = column.alias("text").value_counts(name="times").filter(pl.col("text") != "")
        plain = texts["text"].str.contains(_SUMMABLE)
        self.unsummed += int(texts.filter(~plain)["times"].sum())
        numbers = texts.filter(plain).select(pl.col("text").cast(pl.Decimal(38, _SCALE)) * pl.col("times"))
        return self.add(Fraction(numbers["text"].sum() or 0))

    def add(self, amount: Fraction) -> Fraction:
        """Add an amount that is known already; gives it back."""
        self.total += amount
        return amount

    def text(self) -> str:
        """The sum as decimal text without needless zeros."""
        return decimal_text(self.total)


def decimal_text(value: Fraction) -> str:
    """A number with at most nine decimals as text.

    >>> decimal_text(Fraction(-5, 4))
    '-1.25'
    """
    scaled = int(value * 10**_SCALE)
    whole, part = divmod(abs(scaled), 10**_SCALE)
    sign = "-" if scaled < 0 else ""
    return f"{sign}{whole}.{part:0{_SCALE}d}".rstrip("0").rstrip(".")


class FrameDigest:
    """Running digests of all columns of a table that comes in blocks.

    Args:
        columns: names, in order.
        numeric: those that get a control total.
    """

    def __init__(self, columns: Sequence[str], numeric: Collection[str] = ()) -> None:
        self.columns = tuple(columns)
        self._digests: dict[str, ColumnDigest] = {}
        # One digest for all columns that have been empty so far; most items of a standard are.
        self._blank = ColumnDigest()
        self._sums = {name: ControlSum() for name in columns if name in numeric}

    def update(self, frame: pl.DataFrame, rows: int | None = None) -> dict[str, bytes]:
        """Take the next rows; a column that is left out is empty in all of them.

        Args:
            rows: how many they are, when a frame without columns cannot say it.

        Returns:
            the values of each column as one run of bytes, for whoever counts in it.
        """
        rows = frame.height if rows is None else rows
        if not self.columns or not rows:
            return {}
        there = set(frame.columns)
        block = frame.select([name for name in self.columns if name in there])
        lengths = block.select(pl.all().str.len_bytes())
        texts = block.select(pl.all().str.join("").cast(pl.Binary)).row(0) if block.width else ()
        joined: dict[str, bytes] = dict(zip(block.columns, texts, strict=True))
        for name in joined.keys() - self._digests.keys():
            if joined[name] or lengths[name].null_count():
                self._digests[name] = self._blank.copy()
        for name, digest in self._digests.items():
            if name in joined:
                digest.update_joined(joined[name], lengths[name])
            else:
                digest.update_empty(rows)
        self._blank.update_empty(rows)
        for name, total in self._sums.items():
            if joined.get(name):
                total.update(block[name])
        return joined

    def facts(self) -> tuple[ColumnFacts, ...]:
        """What is known of each column so far, in column order."""
        return tuple(self._of(name) for name in self.columns)

    def _of(self, name: str) -> ColumnFacts:
        digest, total = self._digests.get(name, self._blank), self._sums.get(name)
        facts = (name, digest.cells, digest.filled, digest.hexdigest())
        return ColumnFacts(*facts, total.text(), total.unsummed) if total else ColumnFacts(*facts)


def digest_frame(frame: pl.DataFrame, numeric: Collection[str] = ()) -> tuple[ColumnFacts, ...]:
    """Digests of all columns of a frame of Strings."""
    return digest_blocks(frame.columns, [frame], numeric)


def digest_blocks(
    columns: Sequence[str], blocks: Iterable[pl.DataFrame], numeric: Collection[str] = ()
) -> tuple[ColumnFacts, ...]:
    """Digests of a table that comes in blocks of rows, in order."""
    running = FrameDigest(columns, numeric)
    for block in blocks:
        running.update(block)
    return running.facts()


def numeric_items(group: Group) -> frozenset[str]:
    """Items of a group that get a control total: types 9, 9V and S9 (numbers of keys give hash totals)."""
    return frozenset(item.name for item in group.items if item.type in _NUMERIC)
