"""Fonts made for a test, with fontTools: outlines that belong to nobody, at the codes that a test wants."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from fontTools.fontBuilder import FontBuilder
from fontTools.misc.roundTools import otRound
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPointPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Point = tuple[int, int, bool]
Shape = list[list[Point]]
"""Contours of points (x, y, on the curve), in units of 1,000 to the em."""


def box(left: int, foot: int, right: int, top: int) -> list[Point]:
    """A rectangle, clockwise."""
    return [(left, foot, True), (left, top, True), (right, top, True), (right, foot, True)]


CROSS: Shape = [box(100, 400, 900, 480), box(460, 0, 540, 800)]
"""十, more or less."""
FRAME: Shape = [box(200, 100, 800, 700), box(280, 180, 720, 620)[::-1]]
"""口, more or less."""
ROUND: Shape = [[(500, 0, False), (0, 0, False), (0, 800, False), (500, 800, False), (900, 400, True)]]
"""A blob with points that TrueType leaves implied."""


def font(
    glyphs: Mapping[int, Shape],
    *,
    units: int = 1000,
    spare: int = 0,
    format_: tuple[int, int] | None = None,
) -> bytes:
    """A TrueType font.

    Args:
        glyphs: shape by code. units: to the em. spare: empty glyphs before the others, which moves their numbers.
        format_: platform and encoding of its only table of codes; None = Unicode.
    """
    names = {code: f"g{code:X}" for code in glyphs}
    order = [".notdef", *(f"spare{place}" for place in range(spare)), *names.values()]
    drawn = {name: TTGlyphPointPen(None).glyph() for name in order}
    drawn |= {names[code]: _glyph(shape, units) for code, shape in glyphs.items()}
    builder = FontBuilder(units, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupGlyf(drawn)
    builder.setupHorizontalMetrics(dict.fromkeys(order, (units, 0)))
    builder.setupHorizontalHeader(ascent=units, descent=0)
    builder.setupNameTable({"familyName": "Test", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    if format_ is not None:
        builder.font["cmap"].tables = [_table(names, format_)]
    return saved(builder.font)


def postscript_font(glyphs: Mapping[int, Shape]) -> bytes:
    """The same as OpenType with PostScript outlines, contours run the other way round; straight lines only."""
    names = {code: f"g{code:X}" for code in glyphs}
    builder = FontBuilder(1000, isTTF=False)
    order = [".notdef", *names.values()]
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    drawn = {".notdef": T2CharStringPen(1000, None).getCharString()}
    for code, shape in glyphs.items():
        pen = T2CharStringPen(1000, None)
        for contour in shape:
            points = [(x, y) for x, y, _ in reversed(contour)]
            pen.moveTo(points[0])
            for point in points[1:]:
                pen.lineTo(point)
            pen.closePath()
        drawn[names[code]] = pen.getCharString()
    builder.setupCFF("Test", {}, drawn, {})
    builder.setupHorizontalMetrics(dict.fromkeys(order, (1000, 0)))
    builder.setupHorizontalHeader(ascent=1000, descent=0)
    builder.setupNameTable({"familyName": "Test", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    return saved(builder.font)


def saved(made: TTFont) -> bytes:
    """A font as bytes."""
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def without(raw: bytes, *tables: str) -> bytes:
    """A font without some of its tables."""
    with TTFont(io.BytesIO(raw)) as made:
        for table in tables:
            del made[table]
        return saved(made)


def collection(*fonts: bytes) -> bytes:
    """Fonts as one collection (.ttc)."""
    from fontTools.ttLib import TTCollection

    whole = TTCollection()
    whole.fonts = [TTFont(io.BytesIO(raw)) for raw in fonts]
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()


def bdf(glyphs: Mapping[int, Sequence[str]], *, registry: str = "ISO10646", encoding: str = "1") -> bytes:
    """A BDF font of 8 × 8 dots; each glyph as rows of `#` and `.`."""
    lines = [
        "STARTFONT 2.1", "FONT -test-gaiji-medium-r-normal--8-80-75-75-c-80-x-1", "SIZE 8 75 75",
        "FONTBOUNDINGBOX 8 8 0 0", "STARTPROPERTIES 2", f'CHARSET_REGISTRY "{registry}"',
        f'CHARSET_ENCODING "{encoding}"', "ENDPROPERTIES", f"CHARS {len(glyphs)}",
    ]  # fmt: skip
    for code, rows in glyphs.items():
        bits = [f"{int(row.replace('#', '1').replace('.', '0'), 2):02X}" for row in rows]
        lines += [f"STARTCHAR c{code:X}", f"ENCODING {code}", "SWIDTH 1000 0", "DWIDTH 8 0", "BBX 8 8 0 0", "BITMAP"]
        lines += [*bits, "ENDCHAR"]
    return ("\n".join([*lines, "ENDFONT"]) + "\n").encode("ascii")


CROSS_BITS = ("........", "...#....", "...#....", ".#####..", "...#....", "...#....", "........", "........")
FRAME_BITS = ("........", ".#####..", ".#...#..", ".#...#..", ".#...#..", ".#####..", "........", "........")
EMPTY_BITS = ("........",) * 8


def _glyph(shape: Shape, units: int) -> Any:
    pen = TTGlyphPointPen(None)
    for contour in shape:
        pen.beginPath()
        for place, (x, y, on_curve) in enumerate(contour):
            at = (otRound(x * units / 1000), otRound(y * units / 1000))
            before_is_curve = not contour[place - 1][2]
            pen.addPoint(at, (("qcurve" if before_is_curve else "line") if on_curve else None))
        pen.endPath()
    return pen.glyph()


def _table(names: Mapping[int, str], format_: tuple[int, int]) -> Any:
    table: Any = CmapSubtable.newSubtable(4)
    table.platformID, table.platEncID = format_
    table.language, table.cmap = 0, dict(names)
    return table
