"""An independent look at drawn PDFs: which glyph outlines are on the page, read without the code that drew them.

TrueType is read here anew (post, glyf, loca), so that a fault of `yakuba.certificates.font` shows. The names of the
glyphs of IPAmj明朝 are the official MJ文字図形名 (mj000001 …): they, not the font's own character map, are the oracle.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

from pypdf import PdfReader

_TOKEN = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_COMPOSITE_MORE, _WORDS, _SCALE, _XY, _MATRIX = 0x20, 0x1, 0x8, 0x40, 0x80


@dataclass
class TrueType:
    """Outlines and names of one TrueType file."""

    raw: bytes

    @cached_property
    def tables(self) -> dict[str, int]:
        count = struct.unpack_from(">H", self.raw, 4)[0]
        entries = (struct.unpack_from(">4sIII", self.raw, 12 + 16 * number) for number in range(count))
        return {entry[0].decode(): entry[2] for entry in entries}

    @cached_property
    def count(self) -> int:
        return int(struct.unpack_from(">H", self.raw, self.tables["maxp"] + 4)[0])

    @cached_property
    def starts(self) -> tuple[int, ...]:
        long = struct.unpack_from(">h", self.raw, self.tables["head"] + 50)[0]
        form = f">{self.count + 1}{'I' if long else 'H'}"
        found = struct.unpack_from(form, self.raw, self.tables["loca"])
        return found if long else tuple(2 * one for one in found)

    @cached_property
    def names(self) -> dict[str, int]:
        """Glyph by name, from post format 2."""
        at = self.tables["post"] + 34
        numbers = struct.unpack_from(f">{self.count}H", self.raw, at)
        at += 2 * self.count
        own: list[str] = []
        most = max(numbers) - 257
        while len(own) < most:
            size = self.raw[at]
            own.append(self.raw[at + 1 : at + 1 + size].decode("ascii"))
            at += 1 + size
        return {own[number - 258]: glyph for glyph, number in enumerate(numbers) if number >= 258}

    def outline(self, glyph: int) -> object:
        """The shape of a glyph as a value to compare: the bytes of its record, components taken apart.

        What pads a record to its end does not count; hinting is part of the record and comes along unchanged.
        """
        start = self.tables["glyf"] + self.starts[glyph]
        end = self.tables["glyf"] + self.starts[glyph + 1]
        if start == end:
            return ()
        contours = struct.unpack_from(">h", self.raw, start)[0]
        return self.raw[start:end].rstrip(b"\0") if contours >= 0 else tuple(self._parts(start + 10))

    def _parts(self, at: int) -> list[object]:
        parts: list[object] = []
        more = True
        while more:
            flags, glyph = struct.unpack_from(">HH", self.raw, at)
            size = 4 if flags & _WORDS else 2
            size += 2 if flags & _SCALE else 4 if flags & _XY else 8 if flags & _MATRIX else 0
            parts.append((self.raw[at + 4 : at + 4 + size], self.outline(glyph)))
            at += 4 + size
            more = bool(flags & _COMPOSITE_MORE)
        return parts


def drawn_outlines(pdf: bytes) -> list[object]:
    """Outlines of all glyphs in the order they are painted, white space left out."""
    found: list[object] = []
    for page in PdfReader(BytesIO(pdf)).pages:
        resources: Any = page["/Resources"]
        assert len(resources["/Font"]) == 1, "one font"
        font = _font(next(iter(resources["/Font"].values())).get_object())
        contents = page.get_contents()
        assert contents is not None
        for token in _TOKEN.findall(b"".join(re.findall(rb"BT(.*?)ET", contents.get_data(), re.DOTALL))):
            raw = _literal(token)
            found += [font.outline(glyph) for (glyph,) in struct.iter_unpack(">H", raw)]
    return [outline for outline in found if outline != ()]


def _font(font: Any) -> TrueType:
    descendant = font["/DescendantFonts"][0].get_object()
    assert descendant["/CIDToGIDMap"] == "/Identity"
    return TrueType(descendant["/FontDescriptor"].get_object()["/FontFile2"].get_object().get_data())


def _literal(token: bytes) -> bytes:
    if token.startswith(b"<"):
        return bytes.fromhex(token[1:-1].decode())
    return re.sub(rb"\\([0-7]{3}|.)", _unescaped, token[1:-1], flags=re.DOTALL)


def _unescaped(match: re.Match[bytes]) -> bytes:
    what = match[1]
    return bytes([int(what, 8)]) if len(what) == 3 else _ESCAPED.get(what, what)
