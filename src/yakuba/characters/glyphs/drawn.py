"""One MJ character as a picture, kept for the next time: a workbench asks for the same ones again and again."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from yakuba.characters.glyphs.mj_font import mj_font

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_KEPT = 4096


@lru_cache(_KEPT)
def drawn(form: str) -> NDArray[np.uint8] | None:
    """A character as the MJ font draws it, at 128 dots to the em, cropped to its ink; None when it has none.

    Args:
        form: as `tables.form_by_name` writes it: one code point, or base + variation selector.

    Raises:
        CannotContinueError: the font is not installed.
    """
    font = mj_font()
    glyph = font.glyph(form) if form else 0
    if not glyph:
        return None
    picture = font.picture(glyph)
    picture.flags.writeable = False
    return picture
