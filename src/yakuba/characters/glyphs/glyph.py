"""A private glyph (外字) as it came out of a font, a bitmap font or an image, before anybody says what it means."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from yakuba.characters.vendor import sjis_code

if TYPE_CHECKING:
    from numpy.typing import NDArray

INK = 128
"""From this value on a dot is ink, where a picture has to be bits."""


@dataclass(frozen=True, slots=True, eq=False)
class Glyph:
    """One glyph.

    Attributes:
        private: the private-use character; "" where the source gives the glyph no code that can be trusted.
        name: what people call it: `U+E0A3 (F0E4)`, `glyph 17`, `0A3.png`.
        picture: height × width, 0 paper … 255 ink, cropped to the ink, at least 1 × 1. Outlines are drawn without
            hinting at 128 dots to the em; bitmaps and images keep their own dots.
        dots: em size of a bitmap, the longer side of an image's dots; 0 for an outline.
        digest: what the ledger of decisions knows the glyph by. `outline:` + SHA-256 of its contours (see `outline`),
            the same in every font that has the same shape; `bitmap:` + SHA-256 of its bits (`bitmap_digest`).
    """

    private: str
    name: str
    picture: NDArray[np.uint8]
    dots: int
    digest: str


def code_name(private: str) -> str:
    r"""A private-use character as people write its code, with the Shift_JIS code where it has one.

    >>> code_name("\ue0a3"), code_name("\uf8f0")
    ('U+E0A3 (F0E4)', 'U+F8F0')
    """
    name = f"U+{ord(private):04X}"
    try:
        return f"{name} ({sjis_code(private)})"
    except ValueError:
        return name


def cropped(picture: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
    """The part of a picture that holds all its ink; None when there is none."""
    rows, columns = np.flatnonzero(picture.any(axis=1)), np.flatnonzero(picture.any(axis=0))
    if not rows.size:
        return None
    return np.ascontiguousarray(picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])


def bitmap_digest(picture: NDArray[np.uint8]) -> str:
    """`bitmap:` + SHA-256 of width and height (four bytes each, most significant first) and the bits.

    The bits are those of the picture cropped to its ink: 1 = ink (value ≥ 128), row by row from the top, each row
    filled up to whole bytes with 0 bits.
    """
    bits = cropped(np.where(picture >= INK, np.uint8(1), np.uint8(0)))
    bits = np.zeros((0, 0), np.uint8) if bits is None else bits
    size = bits.shape[1].to_bytes(4, "big") + bits.shape[0].to_bytes(4, "big")
    return f"bitmap:{sha256(size + np.packbits(bits, axis=1).tobytes()).hexdigest()}"
