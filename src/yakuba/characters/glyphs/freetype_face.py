"""FreeType as far as glyphs need it: codes, contours, dots. TrueType, OpenType, collections, BDF and PCF.

The library is written in C and reads files that anybody may have made: `read` keeps it in a process of its own. What it
refuses is a `FontError`; nothing else leaves this module.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from freetype import raw as ft

from yakuba.characters.glyphs.outline import CONIC, CUBIC, ON, Outline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from numpy.typing import NDArray

DOTS = 128
"""Dots to the em at which outlines are drawn."""
UNICODE, SYMBOL, SJIS = (int.from_bytes(tag, "big") for tag in (b"unic", b"symb", b"sjis"))
NO_CODES = -1
_SCALABLE = 1
_NO_SCALE, _NO_HINTING, _RENDER, _NO_BITMAP = 1, 2, 4, 8
_SELECTORS = (0, 5)
"""Platform and encoding of the table of variation sequences, which is no table of codes."""
_MONO, _GRAY, _GRAY2, _GRAY4 = 1, 2, 3, 4
_BITS = {_MONO: 1, _GRAY2: 2, _GRAY4: 4, _GRAY: 8}
_FARTHEST = 4
"""Ems that a glyph may reach in each direction; beyond, its numbers are broken."""


class FontError(ValueError):
    """FreeType refuses the file or the glyph; the message is its number."""


def _check(code: int) -> None:
    if code:
        raise FontError(f"FreeType 0x{code:02X}")


class Face:
    """One face of a font file; use it in a `with` block.

    Attributes:
        faces: how many the file has. glyphs: number of glyphs. units: font units to the em, 0 for a bitmap font.
    """

    def __init__(self, data: bytes, index: int = 0) -> None:
        """Open a face.

        Raises:
            FontError: no font, or a broken one.
        """
        self._data = data
        self._library, self._face = ft.FT_Library(), ft.FT_Face()
        _check(ft.FT_Init_FreeType(ctypes.byref(self._library)))
        try:
            _check(ft.FT_New_Memory_Face(self._library, data, len(data), index, ctypes.byref(self._face)))
        except FontError:
            ft.FT_Done_FreeType(self._library)
            raise
        record = self._face.contents
        self.faces = int(record.num_faces)
        self.glyphs = int(record.num_glyphs)
        self.scalable = bool(record.face_flags & _SCALABLE)
        self.units = int(record.units_per_EM) if self.scalable else 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        ft.FT_Done_Face(self._face)
        ft.FT_Done_FreeType(self._library)

    def prepare(self, dots: int = DOTS) -> int:
        """Choose the size: `dots` to the em for outlines, the largest there is of a bitmap font; gives the em's dots.

        Raises:
            FontError: the font has no size.
        """
        if self.scalable:
            if not self.units:
                raise FontError("0 units to the em")
            _check(ft.FT_Set_Pixel_Sizes(self._face, 0, dots))
            return dots
        record = self._face.contents
        sizes = [record.available_sizes[place] for place in range(record.num_fixed_sizes)]
        if not sizes:
            raise FontError("neither outlines nor bitmaps")
        best = max(range(len(sizes)), key=lambda place: int(sizes[place].y_ppem))
        _check(ft.FT_Select_Size(self._face, best))
        return int(sizes[best].y_ppem) >> 6 or int(sizes[best].height)

    def charmaps(self) -> list[int]:
        """The encoding tag of each table of codes, by its place; 0 = its own, `NO_CODES` = variation sequences."""
        record = self._face.contents
        maps = [record.charmaps[place].contents for place in range(record.num_charmaps)]
        return [
            NO_CODES if (int(one.platform_id), int(one.encoding_id)) == _SELECTORS else int(one.encoding) & 0xFFFFFFFF
            for one in maps
        ]

    def codes(self, charmap: int | None = None) -> Iterator[tuple[int, int]]:
        """Code and glyph in a table of codes; without one, in the fullest Unicode table of the font."""
        if charmap is None:
            _check(ft.FT_Select_Charmap(self._face, UNICODE))
        else:
            _check(ft.FT_Set_Charmap(self._face, self._face.contents.charmaps[charmap]))
        glyph = ctypes.c_uint()
        code, before = int(ft.FT_Get_First_Char(self._face, ctypes.byref(glyph))), -1
        while glyph.value and code > before:  # a broken table may lead back
            yield code, int(glyph.value)
            before = code
            code = int(ft.FT_Get_Next_Char(self._face, ctypes.c_ulong(code), ctypes.byref(glyph)))

    def drawn_as(self, text: str) -> int:
        """The glyph of a character or of base + variation selector; 0 when the font has none."""
        _check(ft.FT_Select_Charmap(self._face, UNICODE))
        if len(text) == 1:
            return int(ft.FT_Get_Char_Index(self._face, ord(text)))
        return int(ft.FT_Face_GetCharVariantIndex(self._face, ord(text[0]), ord(text[1])))

    def outline(self, glyph: int) -> Outline:
        """The contours of a glyph in font units.

        Raises:
            FontError: they are broken.
        """
        _check(ft.FT_Load_Glyph(self._face, glyph, _NO_SCALE | _NO_HINTING | _NO_BITMAP))
        drawn = self._face.contents.glyph.contents.outline
        points, ends = drawn.n_points & 0xFFFF, [drawn.contours[place] & 0xFFFF for place in range(drawn.n_contours)]
        made: list[tuple[int, int, int]] = []
        for place in range(points):
            tag, point = drawn.tags[place], drawn.points[place]
            made.append((int(point.x), int(point.y), ON if tag & 1 else CUBIC if tag & 2 else CONIC))
        starts = [0, *(end + 1 for end in ends)]
        outline = Outline([made[start : end + 1] for start, end in zip(starts, ends, strict=False)], self.units)
        if max(map(abs, outline.box)) > _FARTHEST * self.units:
            raise FontError("the outline lies outside the em")
        return outline

    def picture(self, glyph: int) -> NDArray[np.uint8]:
        """The dots of a glyph, 0 paper … 255 ink, at the size that `prepare` chose; may have no rows or columns.

        Raises:
            FontError: it cannot be drawn.
        """
        flags = _RENDER | _NO_HINTING | _NO_BITMAP if self.scalable else _RENDER
        _check(ft.FT_Load_Glyph(self._face, glyph, flags))
        return _dots(self._face.contents.glyph.contents.bitmap)


def _dots(bitmap: Any) -> NDArray[np.uint8]:
    """FreeType's bitmap as an array."""
    rows, width, pitch, mode = (int(v) for v in (bitmap.rows, bitmap.width, bitmap.pitch, bitmap.pixel_mode))
    if not rows or not width:
        return np.zeros((0, 0), np.uint8)
    bits = _BITS.get(mode)
    if bits is None or abs(pitch) * 8 < width * bits:
        raise FontError(f"pixel mode {mode}")
    lines = np.ctypeslib.as_array(bitmap.buffer, shape=(rows, abs(pitch))).copy()
    if bits < 8:  # noqa: PLR2004 - bits of a byte
        each = np.unpackbits(lines, axis=1).reshape(rows, -1, bits)
        lines = (each @ (1 << np.arange(bits - 1, -1, -1))).astype(np.uint8)
    most = (1 << bits) - 1 if mode != _GRAY else max(int(bitmap.num_grays) - 1, 1)
    return np.minimum(lines[:, :width].astype(np.uint16) * 255 // most, 255).astype(np.uint8)
