"""Grams (検索の索引): pairs of neighbouring letters of the keys, as numbers that one GIN index holds for everybody.

A number is made of the kind of key, the municipality and the two letters, so that what is common in one town is not
slow in another, and an index entry tells nothing about whose it is. The first letter of a word makes a pair with a
mark, so that a name of one letter is found. For wildcards, a name has two more numbers: its last letter with a mark
(サ*シ ends in シ), and its first letter with its length (渡??? has four). What the index finds is always looked at
again: two pairs may share a number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

NAME, SOUND, ADDRESS, NUMBER, ITEM = 1, 2, 3, 4, 5
"""Kinds of keys; NUMBER: whole values (個人番号) that only one person has, ITEM: values that many share (続柄)."""
_NEW, _LINE, _BLANK, _START, _END = 0x1E, 0x0A, 0x20, 0x02, 0x03
_LENGTH = 0x110000
"""Beyond all letters: added to a length, it stands for a name's length."""
_ENDS = {ord("オ"): ord("ウ")}
"""Last letters that are one: what is オ in a key was perhaps typed as ウ behind a wildcard."""
_ANY = "*?\x1f"
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
    found = [
        (rows[:-1][pairs], letters[:-1][pairs], letters[1:][pairs]),
        (rows[starts], np.full(int(starts.sum()), _START, "<u4"), letters[starts]),
    ]
    if kind != ADDRESS:
        ends = np.flatnonzero(~real)
        begins = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
        begins, ends = begins[ends > begins], ends[ends > begins]
        found += [
            (rows[begins], _last(letters[ends - 1]), np.full(len(ends), _END, "<u4")),
            (rows[begins], _LENGTH + ends - begins, letters[begins]),
        ]
    numbers = [_mixed(left, right, kind, municipality) for _, left, right in found]
    return pl.DataFrame({"row": np.concatenate([row for row, _, _ in found]), "gram": np.concatenate(numbers)}).unique()


def _last(letters: NDArray[np.generic]) -> NDArray[np.generic]:
    for letter, same in _ENDS.items():
        letters = np.where(letters == letter, same, letters)
    return letters


def grams_of(text: str, kind: int, municipality: str) -> list[int]:
    """Numbers of the pairs that every key with this text in it has; of one letter, of the words it begins."""
    codes = np.frombuffer(text.replace(" ", "").encode("utf-32-le"), "<u4")
    if len(codes) == 1:
        codes = np.array([_START, codes[0]], "<u4")
    return sorted({int(number) for number in _mixed(codes[:-1], codes[1:], kind, municipality)})


def grams_of_pattern(pattern: str, kind: int, municipality: str) -> list[int]:
    """Numbers that every key has which a pattern fits as a whole.

    Args:
        pattern: without blanks; `*` any letters, `?` and U+001F any one.
    """
    pieces = [piece for piece in re.split(f"[{re.escape(_ANY)}]", pattern) if len(piece) > 1]
    found = {gram for piece in pieces for gram in grams_of(piece, kind, municipality)}
    first, last = (0 if letter in _ANY else ord(letter) for letter in (pattern[0], pattern[-1]))
    marks = [(_START, first)] if first else []
    if kind != ADDRESS:
        last = ord("ウ") if pattern[-1] == _ANY[-1] else last
        marks += [(_ENDS.get(last, last), _END)] if last else []
        marks += [(_LENGTH + len(pattern), first)] if first and "*" not in pattern else []
    left, right = (np.array(side, "<u4") for side in zip(*marks, strict=True)) if marks else (np.empty(0, "<u4"),) * 2
    return sorted(found.union(int(number) for number in _mixed(left, right, kind, municipality)))


def value_grams(values: pl.Series, kind: int, municipality: str) -> pl.DataFrame:
    """Numbers of whole values: `row`, `gram`; an empty value has none."""
    every = pl.DataFrame({"value": values}).with_row_index("row").filter(pl.col("value") != "")
    parts = [every.clear().select(pl.col("row").cast(pl.Int64), gram=pl.lit(0, pl.Int64))]
    for (length,), same in every.group_by(pl.col("value").str.len_chars()):
        codes = np.frombuffer("".join(same["value"]).encode("utf-32-le"), "<u4").reshape(same.height, int(str(length)))
        value = np.zeros(same.height, np.uint64)
        for column in codes.T:
            value = value * _PRIMES[1] + column
        halves = value & np.uint64(0xFFFFFFFF), value >> np.uint64(32)
        made = pl.Series("gram", _mixed(*halves, kind, municipality))
        parts.append(same.select(pl.col("row").cast(pl.Int64), made))
    return pl.concat(parts)


def value_gram(value: str, kind: int, municipality: str) -> int:
    """The same for one value."""
    return int(value_grams(pl.Series([value]), kind, municipality)["gram"].item())


def item_value(item: str, value: str) -> str:
    """What stands for a value of an item; "" for an empty one is a value too."""
    return f"{item}={value}"


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
