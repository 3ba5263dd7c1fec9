"""Fonts of Debian by name, and their glyphs drawn as 外字 come: outlines, dots of 24 to 48, thick, thin, askew."""

from __future__ import annotations

import ctypes
import itertools
import math
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import freetype
import numpy as np
from freetype import raw

from yakuba.characters.glyphs.glyph import cropped

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FOLDER = Path("/usr/share/fonts")
_DOTS = 128
_UNICODE = int.from_bytes(b"unic", "big")
_OUTLINE, _MONOCHROME = (
    freetype.FT_LOAD_NO_HINTING | freetype.FT_LOAD_NO_BITMAP,
    freetype.FT_LOAD_NO_BITMAP | freetype.FT_LOAD_TARGET_MONO,
)
_ONE = 1 << 16


@dataclass(frozen=True)
class FontFile:
    """A font of Debian. `package`: the package. `file`: below /usr/share/fonts. `face`: its number in a collection."""

    package: str
    file: str
    face: int = 0

    @property
    def path(self) -> Path:
        """The file, which may not be installed."""
        return _FOLDER / self.file

    @cached_property
    def version(self) -> str:
        """The installed version of the package, empty where there is none."""
        asked = ["dpkg-query", "-W", "-f=${Version}", self.package]
        return subprocess.run(asked, capture_output=True, text=True, check=False).stdout


IPAMJ = FontFile("fonts-ipamj-mincho", "truetype/ipamj/ipamjm.ttf")
"""What all are compared with."""
TRAINING = {
    "ume-tmo3": FontFile("fonts-horai-umefont", "truetype/horai-umefont/ume-tmo3.ttf"),
    "ume-tgo4": FontFile("fonts-horai-umefont", "truetype/horai-umefont/ume-tgo4.ttf"),
    "biz-mincho": FontFile("fonts-morisawa-bizud-mincho", "truetype/bizud-mincho/BIZUDMincho-Regular.ttf"),
    "biz-gothic": FontFile("fonts-morisawa-bizud-gothic", "truetype/bizud-gothic/BIZUDGothic-Regular.ttf"),
    "noto-sans": FontFile("fonts-noto-cjk", "opentype/noto/NotoSansCJK-Regular.ttc"),
    "sawarabi": FontFile("fonts-sawarabi-mincho", "truetype/sawarabi-mincho/sawarabi-mincho-medium.ttf"),
    "oradano": FontFile("fonts-oradano-mincho-gsrr", "truetype/oradano-mincho/OradanoGSRR.ttf"),
    "vl-gothic": FontFile("fonts-vlgothic", "truetype/vlgothic/VL-Gothic-Regular.ttf"),
    "klee": FontFile("fonts-klee", "truetype/klee/KleeOne-Regular.ttf"),
    "motoya": FontFile("fonts-motoya-l-cedar", "truetype/motoya-l-cedar/MTLc3m.ttf"),
}
"""What the model learns from, beside IPAmj明朝 itself."""
UNSEEN = {
    "Hanazono Mincho A": FontFile("fonts-hanazono", "truetype/hanazono/HanaMinA.ttf"),
    "Hanazono Mincho B": FontFile("fonts-hanazono", "truetype/hanazono/HanaMinB.ttf"),
    "Noto Serif CJK JP": FontFile("fonts-noto-cjk", "opentype/noto/NotoSerifCJK-Regular.ttc"),
}
"""What it is measured with, and has never seen."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a glyph is drawn.

    Attributes:
        dots: black and white in this many dots to the em; 0 = 128 grey ones.
        weight: strokes wider (narrower below 0) by this part of the em. angle: turned, degrees.
        lean: sheared. wide, high: stretched.
    """

    dots: int = 0
    weight: float = 0.0
    angle: float = 0.0
    lean: float = 0.0
    wide: float = 1.0
    high: float = 1.0


PLAIN = Manner()


class Drawer:
    """Draws the glyphs of one font."""

    def __init__(self, font: FontFile) -> None:
        self._face = freetype.Face(str(font.path), font.face)
        self._face.select_charmap(_UNICODE)

    def characters(self) -> dict[str, int]:
        """Glyph by character, and by base and selector where the font has such sequences."""
        face = self._face._FT_Face  # noqa: SLF001 freetype-py has no other way to sequences
        found = {chr(code): glyph for code, glyph in self._face.get_chars() if glyph}
        for selector in _listed(raw.FT_Face_GetVariantSelectors(face)):
            for base in _listed(raw.FT_Face_GetCharsOfVariant(face, selector)):
                text = chr(base) + chr(selector)
                if glyph := self.glyph(text):
                    found[text] = glyph
        return found

    def glyph(self, text: str) -> int:
        """The glyph of a character or sequence; 0 when there is none."""
        if len(text) == 1:
            return int(self._face.get_char_index(text))
        return int(raw.FT_Face_GetCharVariantIndex(self._face._FT_Face, ord(text[0]), ord(text[1])))  # noqa: SLF001

    def draw(self, glyph: int, manner: Manner = PLAIN) -> NDArray[np.uint8] | None:
        """A glyph cropped to its ink; None when it has none."""
        size = manner.dots or _DOTS
        self._face.set_pixel_sizes(0, size)
        turn = math.radians(manner.angle)
        across, up = math.cos(turn), math.sin(turn)
        self._face.set_transform(
            freetype.Matrix(*(round(_ONE * part) for part in (
                across * manner.wide, (across * manner.lean - up) * manner.high,
                up * manner.wide, (up * manner.lean + across) * manner.high,
            ))),
            freetype.Vector(0, 0),
        )  # fmt: skip
        self._face.load_glyph(glyph, _MONOCHROME if manner.dots and not manner.weight else _OUTLINE)
        slot = self._face.glyph
        if manner.weight:
            raw.FT_Outline_Embolden(ctypes.byref(slot.outline._FT_Outline), round(manner.weight * size * 64))  # noqa: SLF001
        slot.render(freetype.FT_RENDER_MODE_MONO if manner.dots else freetype.FT_RENDER_MODE_NORMAL)
        return _picture(slot.bitmap._FT_Bitmap)  # noqa: SLF001 its own list of numbers is fifty times slower


def _listed(numbers: Any) -> list[int]:
    """A C array that ends with 0; FreeType writes the next one into the same place."""
    return list(map(int, itertools.takewhile(bool, numbers))) if numbers else []


def _picture(bitmap: raw.FT_Bitmap) -> NDArray[np.uint8] | None:
    if not bitmap.width or not bitmap.rows:
        return None
    lines = np.ctypeslib.as_array(
        ctypes.cast(bitmap.buffer, ctypes.POINTER(ctypes.c_ubyte)), (bitmap.rows, bitmap.pitch)
    )
    if bitmap.pixel_mode == freetype.FT_PIXEL_MODE_MONO:
        lines = np.unpackbits(lines, axis=1) * np.uint8(255)
    return cropped(lines[:, : bitmap.width].copy())  # the next glyph is drawn into the same place
