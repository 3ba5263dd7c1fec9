"""The 2D code (QR) in a fraction of a millisecond: what does not depend on the text is taken from segno once a size.

For one size, error correction M and one fixed mask, only the data modules change from text to text: the rest is taken
from a symbol that segno made, and the words of error correction come from a table per place and value. The result is
bit for bit that of segno, which a test compares, but where letters and end mark fill whole words: there segno puts a
word of noughts before the padding, which the standard does not ask for and readers do not mind.

Source: ISO/IEC 18004:2015, 7.4 (data), 7.5 (error correction), 7.7.3 (placement), 7.8.2 (mask 010).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Any

import numpy as np
import segno
from segno import consts

if TYPE_CHECKING:
    from collections.abc import Sequence

MASK = 2
"""Mask 010: every third column is turned over. As readable as the best of eight, and found without trying them."""
_SEGNO: Any = consts
"""Tables of the standard; their types are not declared."""
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUE = {letter: value for value, letter in enumerate(_LETTERS)}
_MODE, _MODE_BITS = 0b0010, 4
_SMALL, _COUNT_BITS, _COUNT_BITS_LARGE = 9, 9, 11
_PAIR_BITS, _SINGLE_BITS = 11, 6
_PADS = (0xEC, 0x11)
_BYTE = 8
_FIELD, _POLYNOMIAL = 256, 0x11D
_TIMING, _CORNER = 6, 8
_WITH_VERSION = 7
_LARGEST = 26


@dataclass(frozen=True)
class _Symbol:
    """One size.

    Attributes:
        version: 1 to 26. words: data words it holds. blocks: how many of them each block has.
        tables: per block, error correction words by place and value. modules: the symbol without its data.
        places: of the data bits, in order, as indices into the flat symbol. turned: which of them the mask turns over.
    """

    version: int
    words: int
    blocks: tuple[int, ...]
    tables: tuple[np.ndarray, ...]
    modules: np.ndarray
    places: np.ndarray
    turned: np.ndarray


def matrix(text: str) -> np.ndarray:
    """The modules of a text, true = dark, without quiet zone; error correction M, the smallest size that holds it."""
    if not set(text) <= _VALUE.keys() or _smallest(len(text)) is None:
        made = segno.make(text, error="m", micro=False, boost_error=False, mask=MASK)
        return np.array([list(row) for row in made.matrix], dtype=bool)
    symbol = _symbol(_smallest(len(text)) or 0)
    words = _data(text, symbol)
    bits = np.unpackbits(np.array(_interleaved(words, symbol), np.uint8))
    # What is left of the symbol after the last whole word is filled with noughts.
    filled = np.zeros(len(symbol.places), np.uint8)
    filled[: len(bits)] = bits
    modules = symbol.modules.copy()
    modules.flat[symbol.places] = (filled ^ symbol.turned).astype(bool)
    return modules


@cache
def _smallest(length: int) -> int | None:
    """Version of the smallest symbol that holds so many letters; None when none up to 26 does."""
    for version in range(1, _LARGEST + 1):
        if _MODE_BITS + _count_bits(version) + _bits(length) <= _SEGNO.SYMBOL_CAPACITY[version][consts.ERROR_LEVEL_M]:
            return version
    return None


def _count_bits(version: int) -> int:
    return _COUNT_BITS if version <= _SMALL else _COUNT_BITS_LARGE


def _bits(length: int) -> int:
    return length // 2 * _PAIR_BITS + length % 2 * _SINGLE_BITS


def _data(text: str, symbol: _Symbol) -> list[int]:
    """Data words: mode, length, letters two by two, end, padding."""
    stream = _MODE << _count_bits(symbol.version) | len(text)
    for at in range(0, len(text) - 1, 2):
        stream = stream << _PAIR_BITS | _VALUE[text[at]] * len(_LETTERS) + _VALUE[text[at + 1]]
    if len(text) % 2:
        stream = stream << _SINGLE_BITS | _VALUE[text[-1]]
    size = _MODE_BITS + _count_bits(symbol.version) + _bits(len(text))
    room = symbol.words * _BYTE
    size_ended = min(size + _MODE_BITS, room)
    size_whole = -(-size_ended // _BYTE) * _BYTE
    words = list((stream << (size_whole - size)).to_bytes(size_whole // _BYTE, "big"))
    return words + [_PADS[number % 2] for number in range(symbol.words - len(words))]


def _interleaved(words: Sequence[int], symbol: _Symbol) -> list[int]:
    """Words of all blocks in turn, then their error correction in turn."""
    blocks, at = [], 0
    for size in symbol.blocks:
        blocks.append(words[at : at + size])
        at += size
    corrections = [
        np.bitwise_xor.reduce(table[np.arange(len(block)), block]).tolist()
        for block, table in zip(blocks, symbol.tables, strict=True)
    ]
    data = (word for turn in zip_longest(*blocks) for word in turn if word is not None)
    return list(chain(data, chain.from_iterable(zip(*corrections, strict=True))))


@cache
def _symbol(version: int) -> _Symbol:
    made = segno.make("A", version=version, error="m", mode="alphanumeric", boost_error=False, mask=MASK)
    modules = np.array([list(row) for row in made.matrix], dtype=bool)
    taken = _taken(version, len(modules))
    places = np.array([place for place in _zigzag(len(modules)) if not taken.flat[place]])
    sizes = [
        (one.num_data, one.num_total - one.num_data)
        for one in _SEGNO.ECC[version][consts.ERROR_LEVEL_M]
        for _ in range(one.num_blocks)
    ]
    return _Symbol(
        version,
        sum(data for data, _ in sizes),
        tuple(data for data, _ in sizes),
        tuple(_table(data, correction) for data, correction in sizes),
        modules,
        places,
        (places % len(modules) % 3 == 0).astype(np.uint8),
    )


def _taken(version: int, size: int) -> np.ndarray:
    """Modules that hold no data: finders with format, timing, alignment, version."""
    found = np.zeros((size, size), bool)
    found[: _CORNER + 1, : _CORNER + 1] = found[: _CORNER + 1, -_CORNER:] = found[-_CORNER:, : _CORNER + 1] = True
    found[_TIMING] = found[:, _TIMING] = True
    centres = consts.ALIGNMENT_POS[version - 2] if version > 1 else ()
    for row in centres:
        for column in centres:
            on_timing = _TIMING in (row, column) and _CORNER < max(row, column) < size - _CORNER
            if on_timing or not found[row, column]:
                found[row - 2 : row + 3, column - 2 : column + 3] = True
    if version >= _WITH_VERSION:
        found[:_TIMING, -_CORNER - 3 : -_CORNER] = found[-_CORNER - 3 : -_CORNER, :_TIMING] = True
    return found


def _zigzag(size: int) -> list[int]:
    """Every module in the order data are placed: two columns at a time from the right, up and down in turn."""
    rights = [right - (right <= _TIMING) for right in range(size - 1, 0, -2)]
    found = []
    for turn, right in enumerate(rights):
        rows = range(size) if turn % 2 else range(size - 1, -1, -1)
        found += [row * size + column for row in rows for column in (right, right - 1)]
    return found


@cache
def _table(data: int, correction: int) -> np.ndarray:
    """Error correction words that a value at a place adds: places × 256 values × words."""
    found = np.zeros((data, _FIELD, correction), np.uint8)
    remainder = _generator(correction)
    for place in range(data - 1, -1, -1):
        for value in range(_FIELD):
            found[place, value] = [_times(value, factor) for factor in remainder]
        lead = remainder[0]
        shifted = [*remainder[1:], 0]
        remainder = [one ^ _times(lead, factor) for one, factor in zip(shifted, _generator(correction), strict=True)]
    return found


@cache
def _generator(degree: int) -> list[int]:
    """Coefficients of the generator polynomial below its leading one, highest first."""
    found = [1]
    for power in range(degree):
        root = consts.GALIOS_EXP[power]
        found = [one ^ _times(root, other) for one, other in zip([*found, 0], [0, *found], strict=True)]
    return found[1:]


@cache
def _times(one: int, other: int) -> int:
    """Product in the field of 256 elements."""
    product = 0
    while other:
        product ^= one * (other & 1)
        one = one << 1 ^ (one >> (_BYTE - 1)) * _POLYNOMIAL
        other >>= 1
    return product
