"""A PCF font (X11's compiled bitmap font), written by its format, so that a test needs no font of the machine.

Source: the format as X.Org's libXfont reads it: a directory, then properties, accelerators, metrics, bitmaps, codes.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PROPERTIES, ACCELERATORS, METRICS, BITMAPS, ENCODINGS = 1, 2, 4, 8, 32
BIG_ENDIAN = 4 | 8  # bytes and bits, most significant first
NONE = 0xFFFF


def pcf(glyphs: Mapping[int, Sequence[str]]) -> bytes:
    """A Unicode font of 8 × 8 dots; each glyph as rows of `#` and `.`."""
    tables = {
        PROPERTIES: _properties({"CHARSET_REGISTRY": "ISO10646", "CHARSET_ENCODING": "1", "PIXEL_SIZE": 8}),
        ACCELERATORS: _accelerators(),
        METRICS: struct.pack(">I", len(glyphs)) + struct.pack(">hhhhhH", 0, 8, 8, 8, 0, 0) * len(glyphs),
        BITMAPS: _bitmaps(list(glyphs.values())),
        ENCODINGS: _encodings(list(glyphs)),
    }
    place = 8 + 16 * len(tables)
    head, body = b"\x01fcp" + struct.pack("<I", len(tables)), b""
    for kind, data in tables.items():
        whole = struct.pack("<I", BIG_ENDIAN) + data
        whole += bytes(-len(whole) % 4)
        head += struct.pack("<IIII", kind, BIG_ENDIAN, len(whole), place + len(body))
        body += whole
    return head + body


def _properties(values: Mapping[str, str | int]) -> bytes:
    strings, rows = b"", b""
    for name, value in values.items():
        at = len(strings)
        strings += name.encode() + b"\0"
        if isinstance(value, str):
            rows += struct.pack(">IBI", at, 1, len(strings))
            strings += value.encode() + b"\0"
        else:
            rows += struct.pack(">IBI", at, 0, value)
    padding = bytes(-9 * len(values) % 4)
    return struct.pack(">I", len(values)) + rows + padding + struct.pack(">I", len(strings)) + strings


def _accelerators() -> bytes:
    metrics = struct.pack(">hhhhhH", 0, 8, 8, 8, 0, 0)
    return bytes(8) + struct.pack(">iii", 8, 0, 0) + metrics * 2


def _bitmaps(glyphs: Sequence[Sequence[str]]) -> bytes:
    rows = b"".join(bytes(int(row.replace("#", "1").replace(".", "0"), 2) for row in rows) for rows in glyphs)
    offsets = struct.pack(f">{len(glyphs)}I", *range(0, 8 * len(glyphs), 8))
    return struct.pack(">I", len(glyphs)) + offsets + struct.pack(">4I", len(rows), 0, 0, 0) + rows


def _encodings(codes: Sequence[int]) -> bytes:
    highs, lows = [code >> 8 for code in codes], [code & 0xFF for code in codes]
    span = range(min(highs), max(highs) + 1), range(min(lows), max(lows) + 1)
    known = {code: place for place, code in enumerate(codes)}
    cells = [known.get(high << 8 | low, NONE) for high in span[0] for low in span[1]]
    bounds = (min(lows), max(lows), min(highs), max(highs), NONE)
    return struct.pack(">5H", *bounds) + struct.pack(f">{len(cells)}H", *cells)
