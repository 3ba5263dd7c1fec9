"""Glyphs as a machine hands them over: drawn from IPAmj明朝, with candidates of the same and of the next characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from yakuba.characters import tables
from yakuba.characters.glyphs.glyph import Glyph, bitmap_digest, code_name, cropped
from yakuba.characters.glyphs.identify import Candidate, Identified
from yakuba.characters.glyphs.usage import Name, Usage
from yakuba.characters.vendor import Likeness
from yakuba.identification import queries, services

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from yakuba.tenancy.acting import Actor


FONT = "/usr/share/fonts/truetype/ipamj/ipamjm.ttf"
FIRST = 0xE000
NABE = (*(f"MJ0261{number}" for number in range(90, 98)), "MJ026184", "MJ026185", "MJ026186", "MJ026187")
"""邉 and the shapes beside it in the list."""
HEX = 16


def drawn(form: str, dots: int = 48) -> NDArray[np.uint8]:
    """A character as a bitmap, cropped to its ink."""
    image = Image.new("L", (dots, dots))
    ImageDraw.Draw(image).text((0, 0), form, fill=255, font=ImageFont.truetype(FONT, dots))
    picture = cropped(np.where(np.asarray(image) >= 128, np.uint8(255), np.uint8(0)))
    assert picture is not None, form
    return picture


def glyph(place: int, mj: str, *, dots: int = 48) -> Glyph:
    """The glyph at a private code, drawn as an MJ character is."""
    private, picture = chr(FIRST + place), drawn(tables.form_by_name()[mj], dots)
    return Glyph(private, code_name(private), picture, dots, bitmap_digest(picture))


def looked_at(
    place: int, mj: str, *, candidates: Sequence[str] = NABE, suggestion: Likeness = Likeness.SAME, dots: int = 48
) -> Identified:
    """A glyph with candidates: first the character itself, then the others."""
    names = [mj, *(name for name in candidates if name != mj)]
    forms = tables.form_by_name()
    made = tuple(
        Candidate(name, forms[name], similarity=0.99 - at / 50, shape=0.98 - at / 50, known=0.01)
        for at, name in enumerate(names)
    )
    return Identified(glyph(place, mj, dots=dots), made, suggestion, 0.9)


def used(place: int, *names: tuple[str, str, int]) -> Mapping[str, Usage]:
    """A usage list's entry: names with 〓 for the glyph."""
    private = chr(FIRST + place)
    made = tuple(Name(text.replace("〓", private), kana, "", times) for text, kana, times in names)
    return {private: Usage(sum(one.times for one in made), made, private)}


def brought(actor: Actor, *mj: str, name: str = "旧システムAの外字", town: str = "") -> int:
    """A collection with one glyph for each of these characters."""
    identified = [looked_at(place, one) for place, one in enumerate(mj)]
    return services.bring(actor, town or actor.municipality, name, identified, {}, source="GAIJI.TTE")


def line(actor: Actor, collection: int, place: int = 0) -> queries.Line:
    """How the glyph of a place stands."""
    _, found = queries.collection(actor, collection)
    return next(one for one in found if one.place == place)
