"""The font of a vendor that never was (外字フォント): private glyphs drawn by another typeface than the MJ font's.

The glyphs are taken from 花園明朝 (HanaMinA), whose licence allows that, and some are put together from parts of its
characters, so that no list has them. The font is made, never shipped. Same glyphs, same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.ipamj import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FILE = "HanaMinA.ttf"
SIDE_BY_SIDE, ONE_ON_ANOTHER = "⿰", "⿱"
_SHARES = (0.46, 0.54)
"""Parts of the em that the first and the second part of a made glyph take; the rest is between them."""
_EPOCH = 3_850_000_000
"""Seconds since 1904: the day on which every font of this kind was made."""
_DESCENT = 0.12


@dataclass(frozen=True, slots=True)
class Shape:
    """One glyph to draw: `private` its code; `form` a character, or two after ⿰ or ⿱, which are joined."""

    private: str
    form: str


def source_font() -> Path:
    """The file of 花園明朝.

    Raises:
        CannotContinueError: it is not installed.
    """
    for folder in FOLDERS:
        for path in sorted(Path(folder).expanduser().rglob(FILE)):
            return path
    raise CannotContinueError(
        f"花園明朝 ({FILE}) is not installed, so no vendor's font can be made",
        remedy="install the Debian package fonts-hanazono",
    )


def write_vendor_font(shapes: Sequence[Shape], path: Path, family: str) -> None:
    """Write a TrueType font with these glyphs at their codes.

    Raises:
        CannotContinueError: 花園明朝 is not installed or lacks a character.
    """
    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib import TTFont

    with TTFont(source_font(), lazy=True) as source:
        units: int = source["head"].unitsPerEm
        glyphs = {".notdef": _drawn(source, ())}
        for shape in shapes:
            glyphs[f"uni{ord(shape.private):04X}"] = _drawn(source, tuple(_pieces(shape.form, units)))
    builder = FontBuilder(units, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap({ord(shape.private): f"uni{ord(shape.private):04X}" for shape in shapes})
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (units, 0)))
    foot = round(_DESCENT * units)
    builder.setupHorizontalHeader(ascent=units - foot, descent=-foot)
    builder.setupNameTable({
        "familyName": family, "styleName": "Regular", "uniqueFontIdentifier": family, "fullName": family,
        "psName": "FictitiousGaiji-Regular", "version": "Version 1.0",
        "description": "Fictitious private glyphs, made from Hanazono Mincho (GlyphWiki Project)",
    })  # fmt: skip
    builder.setupOS2(sTypoAscender=units - foot, sTypoDescender=-foot, usWinAscent=units - foot, usWinDescent=foot)
    builder.setupPost(keepGlyphNames=False)
    builder.font["head"].created = builder.font["head"].modified = _EPOCH
    builder.font.recalcTimestamp = False
    builder.save(path)


def _pieces(form: str, units: int) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Characters of a shape, each with the matrix that puts it in its place."""
    if form[0] not in (SIDE_BY_SIDE, ONE_ON_ANOTHER):
        yield form, (1, 0, 0, 1, 0, 0)
        return
    first, second = _SHARES
    foot = -_DESCENT * units
    if form[0] == SIDE_BY_SIDE:
        yield form[1], (first, 0, 0, 1, 0, 0)
        yield form[2], (second, 0, 0, 1, (1 - second) * units, 0)
    else:
        yield form[1], (1, 0, 0, first, 0, (1 - first) * (units + foot))
        yield form[2], (1, 0, 0, second, 0, foot * (1 - second))


def _drawn(source: Any, pieces: tuple[tuple[str, tuple[float, ...]], ...]) -> Any:
    """A TrueType glyph of these characters, composites resolved, coordinates whole."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.pens.roundingPen import RoundingPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    glyphs, pen = source.getGlyphSet(), TTGlyphPen(None)
    for text, matrix in pieces:
        recorded = DecomposingRecordingPen(glyphs)
        glyphs[_glyph_name(source, text)].draw(recorded)
        recorded.replay(TransformPen(RoundingPen(pen), matrix))
    return pen.glyph()


def _glyph_name(source: Any, text: str) -> str:
    """Name of the glyph for a character or a variation sequence."""
    base, selector = ord(text[0]), ord(text[1]) if len(text) > 1 else 0
    name = source.getBestCmap().get(base)
    for table in source["cmap"].tables if selector else ():
        for code, own in getattr(table, "uvsDict", {}).get(selector, ()):
            if code == base:
                return str(own or name)
    if name is None or selector:
        raise CannotContinueError(f"{FILE}: has no {text}", remedy="install the Debian package fonts-hanazono")
    return str(name)
