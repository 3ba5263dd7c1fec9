"""The font (IPAmj明朝): where it is, which glyph it has for a character or sequence, how wide that is.

Its file is read here directly (tables cmap, hmtx, head, hhea, maxp), because the engine that draws does not say when it
falls back: a sequence the font lacks is drawn as its base character, and a character it lacks as an empty box.

The font is never shipped: Debian has it as fonts-ipamj-mincho, everybody else gets it from 文字情報技術促進協議会.

Source: OpenType 1.9, chapters cmap (formats 4, 12, 14), hmtx.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from yakuba.kernel.errors import UsageError
from yakuba.kernel.ipamj import FILE, FOLDERS, VARIABLE, find_font, remedy

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["FAMILY", "VARIABLE", "Face", "face", "font_path", "read_face"]

FAMILY = "IPAmjMincho"
_FOLDERS = FOLDERS
_DIRECTORY, _DIRECTORY_ENTRY = 12, 16
_FORMAT_BMP, _FORMAT_FULL, _FORMAT_SEQUENCES = 4, 12, 14
_SELECTOR_RECORD, _DEFAULT_RANGE, _MAPPING = 11, 4, 5


@dataclass(frozen=True)
class Face:
    """One font file.

    Attributes:
        path, digest: the file and its SHA-256.
        units: units per em. glyphs: number of glyphs.
        characters: glyph by code point. sequences: glyph by base + selector; only those drawn unlike the base.
        plain: sequences that the font declares to be drawn like their base.
        advances: width of every glyph in units.
    """

    path: Path
    digest: str
    units: int
    glyphs: int
    characters: Mapping[int, int]
    sequences: Mapping[str, int]
    plain: frozenset[str]
    advances: np.ndarray

    def glyph(self, cluster: str) -> int | None:
        """The glyph of one character or sequence; None when the font has none of its own."""
        if len(cluster) == 1:
            return self.characters.get(ord(cluster))
        if cluster in self.plain:
            return self.characters.get(ord(cluster[0]))
        return self.sequences.get(cluster)


def font_path() -> Path:
    """The font's file: `$YAKUBA_FONT`, else `fonts/ipamjm.ttf` of the home, else the usual folders of the system.

    Raises:
        UsageError: it is nowhere; the message says where to get it.
    """
    found = find_font(_FOLDERS)
    if found is None:
        raise UsageError(f"IPAmj明朝 ({FILE}) is not installed, so no certificate can be drawn", remedy=remedy())
    return found


@cache
def face() -> Face:
    """The font, read once per process."""
    return read_face(font_path())


def read_face(path: Path) -> Face:
    """Read a TrueType file.

    Raises:
        UsageError: it is none, or lacks the table of variation sequences.
    """
    raw = path.read_bytes()
    try:
        tables = _tables(raw)
        units = struct.unpack_from(">H", raw, tables["head"] + 18)[0]
        count = struct.unpack_from(">H", raw, tables["maxp"] + 4)[0]
        characters, sequences, plain = _characters(raw, tables["cmap"])
        advances = _advances(raw, tables, count)
    except (struct.error, KeyError, IndexError, ValueError) as error:
        raise UsageError(f"{path}: not a font that can be read ({error})", remedy="install IPAmj明朝 again") from error
    if not sequences:
        raise UsageError(f"{path}: the font has no variation sequences", remedy=f"use IPAmj明朝 ({FILE})")
    return Face(path, sha256(raw).hexdigest(), units, count, characters, sequences, plain, advances)


def _tables(raw: bytes) -> dict[str, int]:
    """Start of every table by its tag."""
    count = struct.unpack_from(">H", raw, 4)[0]
    entries = (struct.unpack_from(">4sIII", raw, _DIRECTORY + _DIRECTORY_ENTRY * number) for number in range(count))
    return {tag.decode("ascii"): offset for tag, _, offset, _ in entries}


def _advances(raw: bytes, tables: Mapping[str, int], count: int) -> np.ndarray:
    """Widths; glyphs beyond the long metrics have the last width."""
    long = struct.unpack_from(">H", raw, tables["hhea"] + 34)[0]
    pairs = np.frombuffer(raw, ">u2", count=2 * long, offset=tables["hmtx"])
    widths = pairs[::2].astype(np.int32)
    return np.concatenate([widths, np.full(count - long, widths[-1], np.int32)])


def _characters(raw: bytes, start: int) -> tuple[dict[int, int], dict[str, int], frozenset[str]]:
    characters: dict[int, int] = {}
    sequences: dict[str, int] = {}
    plain: set[str] = set()
    for number in range(struct.unpack_from(">H", raw, start + 2)[0]):
        table = start + struct.unpack_from(">I", raw, start + 4 + 8 * number + 4)[0]
        form = struct.unpack_from(">H", raw, table)[0]
        if form == _FORMAT_FULL:
            characters |= _full(raw, table)
        elif form == _FORMAT_BMP:
            characters = _basic(raw, table) | characters
        elif form == _FORMAT_SEQUENCES:
            sequences, plain = _sequences(raw, table)
    return characters, sequences, frozenset(plain)


def _full(raw: bytes, table: int) -> dict[int, int]:
    groups = struct.unpack_from(">I", raw, table + 12)[0]
    found = np.frombuffer(raw, ">u4", count=3 * groups, offset=table + 16).reshape(-1, 3).tolist()
    return {code: glyph + code - first for first, last, glyph in found for code in range(first, last + 1)}


def _basic(raw: bytes, table: int) -> dict[int, int]:
    doubled = struct.unpack_from(">H", raw, table + 6)[0]
    ends, starts, deltas, offsets = (
        np.frombuffer(raw, ">u2", count=doubled // 2, offset=table + 14 + skip).astype(int).tolist()
        for skip in (0, doubled + 2, 2 * doubled + 2, 3 * doubled + 2)
    )
    at = table + 16 + 3 * doubled
    found: dict[int, int] = {}
    for index, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(first, last + 1):
            glyph = code
            if offset:
                glyph = struct.unpack_from(">H", raw, at + 2 * index + offset + 2 * (code - first))[0]
                if not glyph:
                    continue
            if number := (glyph + delta) & 0xFFFF:
                found[code] = number
    return found


def _sequences(raw: bytes, table: int) -> tuple[dict[str, int], set[str]]:
    sequences: dict[str, int] = {}
    plain: set[str] = set()
    for number in range(struct.unpack_from(">I", raw, table + 6)[0]):
        record = table + 10 + _SELECTOR_RECORD * number
        selector = chr(_uint24(raw, record))
        default, other = struct.unpack_from(">II", raw, record + 3)
        if default:
            for at in _steps(raw, table + default, _DEFAULT_RANGE):
                first, more = _uint24(raw, at), raw[at + 3]
                plain |= {chr(code) + selector for code in range(first, first + more + 1)}
        if other:
            for at in _steps(raw, table + other, _MAPPING):
                sequences[chr(_uint24(raw, at)) + selector] = struct.unpack_from(">H", raw, at + 3)[0]
    return sequences, plain


def _steps(raw: bytes, start: int, size: int) -> range:
    count = struct.unpack_from(">I", raw, start)[0]
    return range(start + 4, start + 4 + size * count, size)


def _uint24(raw: bytes, at: int) -> int:
    return int.from_bytes(raw[at : at + 3], "big")
