"""Pictures of glyphs (字形の絵): kept as PNG, ink black on white."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST = 256
"""Longest side of what is kept, in dots: what a screen shows of a scan."""


def as_png(picture: NDArray[np.uint8]) -> bytes:
    """A picture (0 paper … 255 ink) as PNG; a larger one is made smaller."""
    image = Image.fromarray(255 - picture)
    image.thumbnail((_MOST, _MOST))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def from_png(content: bytes) -> NDArray[np.uint8]:
    """The picture of such a PNG."""
    with Image.open(BytesIO(content)) as image:
        return np.asarray(255 - np.asarray(image.convert("L")), np.uint8)


def overlaid(content: bytes, dots: int, form: str) -> bytes:
    """The vendor's glyph and an MJ character over each other, as PNG: what both have, what only one has."""
    from yakuba.characters.glyphs.glyph import Glyph
    from yakuba.characters.glyphs.overlay import overlay

    return overlay(Glyph("", "", from_png(content), dots, ""), form)
