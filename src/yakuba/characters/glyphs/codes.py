"""Which private-use character a font's code means: Unicode, or the user-defined area F040–F9FC of CP932.

A code such as F040 is both: U+F040, and the first code of CP932's area, U+E000. A font's Unicode table says which it
means. Other tables do not (the symbol fonts of old Windows, BDF fonts with an encoding of their own); there the codes
themselves are looked at, and what cannot be known is said. Source: CP932; OpenType 1.9, cmap, platform 3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.characters.glyphs.freetype_face import NO_CODES, SJIS, UNICODE, Face
from yakuba.characters.vendor import private_character

if TYPE_CHECKING:
    from collections.abc import Iterable

AS_UNICODE, AS_CP932 = "unicode", "cp932"
WAYS = (AS_UNICODE, AS_CP932)
"""How the codes of a font can be read."""
_FIRST_LEAD = 0xF040
_ONE_LEAD = 0xF0FC
_AREAS = (range(0xE000, 0xF900), range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE))
_BEYOND = 0xF9FC
"""The last code of CP932's area, above that of Unicode."""


def private_codes(face: Face, way: str = "") -> tuple[dict[str, int] | None, str]:
    """Glyph by private-use character, and how an ambiguous code was read ("" when none was).

    Args:
        way: one of `WAYS`; "" = as the font says.

    Returns:
        None for the glyphs when the font has no table of codes at all.
    """
    maps = face.charmaps()
    if set(maps) <= {NO_CODES}:
        return None, ""
    if UNICODE in maps and not way:
        return _in_unicode(face.codes()), ""
    if SJIS in maps and way != AS_UNICODE:
        return _in_cp932(face.codes(maps.index(SJIS))), ""
    found = list(
        face.codes() if UNICODE in maps else face.codes(next(at for at, tag in enumerate(maps) if tag != NO_CODES))
    )
    if way:
        return (_in_cp932 if way == AS_CP932 else _in_unicode)(found), ""
    return _by_looks(found)


def _by_looks(codes: list[tuple[int, int]]) -> tuple[dict[str, int], str]:
    """Codes of a table that does not say what they are: CP932 if all could be and they fill more than one lead byte."""
    private = [code for code, _ in codes if _AREAS[0].start <= code <= _BEYOND or _is_private(code)]
    both = [code for code in private if _private_in_cp932(code)]
    if not both:
        return _in_unicode(codes), ""
    if len(both) == len(private) and max(both) > _ONE_LEAD:
        return _in_cp932(codes), AS_CP932
    return _in_unicode(codes), AS_UNICODE


def _in_unicode(codes: Iterable[tuple[int, int]]) -> dict[str, int]:
    return {chr(code): glyph for code, glyph in codes if _is_private(code)}


def _in_cp932(codes: Iterable[tuple[int, int]]) -> dict[str, int]:
    return {private: glyph for code, glyph in codes if (private := _private_in_cp932(code))}


def _is_private(code: int) -> bool:
    return any(code in area for area in _AREAS)


def _private_in_cp932(code: int) -> str:
    """The character of a two-byte code; "" when it is none of the area."""
    if not _FIRST_LEAD <= code <= _BEYOND:
        return ""
    try:
        return private_character(f"{code:04X}")
    except ValueError:
        return ""
