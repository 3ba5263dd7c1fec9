"""Grams (検索の索引): pairs of neighbouring letters of the keys, as numbers that one GIN index holds for everybody.

A number is made of the kind of key, the municipality and the two letters, so that what is common in one town is not
slow in another, and an index entry tells nothing about whose it is. The first letter of a word makes a pair with a
mark, so that a name of one letter is found. What the index finds is always looked at again (`recheck`): two pairs may
share a number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

NAME, SOUND, ADDRESS, NUMBER = 1, 2, 3, 4
"""Kinds of keys; NUMBER is a whole number (個人番号) that only its holder shares."""
_NEW, _LINE, _BLANK, _START = 0x1E, 0x0A, 0x20, 0x02
_BITS = np.uint64(31)
_PRIMES = tuple(np.uint64(prime) for prime in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
_SHIFTS = tuple(np.uint64(shift) for shift in (30, 27, 31))


def grams(keys: pl.Series, kind: int, municipality: str) -> pl.DataFrame:
    """Numbers of the pairs of every key.

    Args:
        keys: texts; a line end parts several keys of one person, a blank the words of one key.
        kind: NAME, SOUND or ADDRESS. municipality: 団体コード.

    Returns:
        `row` (place in keys), `gram`; no pair of them twice.
    """
    codes = np.frombuffer("".join(f"{key}\x1e" for key in keys).encode("utf-32-le"), "<u4")
    rows = np.cumsum(codes == _NEW, dtype=np.int64)
    kept = codes != _BLANK
    after = np.concatenate(([np.uint32(_NEW)], codes[:-1]))
    first = np.isin(after, (_NEW, _LINE, _BLANK))[kept]
    letters, rows = codes[kept], rows[kept]
    real = ~np.isin(letters, (_NEW, _LINE))
    pairs = real[:-1] & real[1:]
    starts = first & real
    numbers = np.concatenate((
        _mixed(letters[:-1][pairs], letters[1:][pairs], kind, municipality),
        _mixed(np.full(int(starts.sum()), _START, "<u4"), letters[starts], kind, municipality),
    ))  # fmt: skip
    both = np.concatenate((rows[:-1][pairs], rows[starts]))
    return pl.DataFrame({"row": both, "gram": numbers}).unique()


def grams_of(text: str, kind: int, municipality: str) -> list[int]:
    """Numbers of the pairs that every key with this text in it has; of one letter, of the words it begins."""
    codes = np.frombuffer(text.replace(" ", "").encode("utf-32-le"), "<u4")
    if len(codes) == 1:
        codes = np.array([_START, codes[0]], "<u4")
    return sorted({int(number) for number in _mixed(codes[:-1], codes[1:], kind, municipality)})


def number_gram(number: str, municipality: str) -> int:
    """Number of a whole value that only one person has."""
    left = np.frombuffer(number.encode("utf-32-le"), "<u4").astype(np.uint64)
    value = np.uint64(0)
    with np.errstate(over="ignore"):
        for code in left:
            value = value * _PRIMES[1] + code
    halves = np.array([value & np.uint64(0xFFFFFFFF)], np.uint64), np.array([value >> np.uint64(32)], np.uint64)
    return int(_mixed(*halves, NUMBER, municipality)[0])


def arrays(found: Sequence[pl.DataFrame], rows: int) -> pl.Series:
    """All numbers of each row as PostgreSQL writes an array: {1,2,3}."""
    lists = (
        pl.concat(found)
        .with_columns(pl.col("gram").cast(pl.String))
        .group_by("row")
        .agg(pl.col("gram").str.join(",").alias("text"))
    )
    every = pl.DataFrame({"row": pl.arange(0, rows, eager=True, dtype=pl.Int64)}).join(lists, on="row", how="left")
    return every.sort("row").select("{" + pl.col("text").fill_null("") + "}").to_series()


def _mixed(left: NDArray[np.generic], right: NDArray[np.generic], kind: int, municipality: str) -> NDArray[np.int64]:
    """splitmix64 of the two letters, the kind and the municipality, to 31 bits."""
    salt = np.uint64((int(municipality or "0") << 8) | kind)
    with np.errstate(over="ignore"):
        value = (left.astype(np.uint64) << np.uint64(32)) ^ right.astype(np.uint64) ^ (salt * _PRIMES[0])
        value = (value ^ (value >> _SHIFTS[0])) * _PRIMES[1]
        value = (value ^ (value >> _SHIFTS[1])) * _PRIMES[2]
        value = value ^ (value >> _SHIFTS[2])
    return (value & ((np.uint64(1) << _BITS) - np.uint64(1))).astype(np.int64)
