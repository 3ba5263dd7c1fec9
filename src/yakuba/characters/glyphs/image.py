"""A scanned or drawn image of one glyph: PNG, TIFF, JPEG, BMP. Runs in the reader's process.

The picture is turned into bits at its own size (a scan is first brought down to 512 dots): Otsu's threshold, paper and
ink told apart at the edge, specks taken away, cropped. Pictures whose size is beyond any glyph are not decoded.
"""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, UnidentifiedImageError

from yakuba.characters.glyphs.bitmap import is_several, otsu, without_specks
from yakuba.characters.glyphs.glyph import Glyph, bitmap_digest, code_name, cropped
from yakuba.characters.glyphs.reading import Reading
from yakuba.characters.glyphs.telling import told
from yakuba.characters.vendor import private_character

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from yakuba.kernel.finding import Finding

SUFFIXES = frozenset({".png", ".tif", ".tiff", ".jpg", ".jpeg", ".bmp"})
FORMATS = ("PNG", "TIFF", "JPEG", "BMP")
BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM")
"""What a file of one of these formats begins with."""
SIDE = 4096
"""Dots on a side up to which an image is opened; a glyph of 10 mm at 1,200 dots per inch has 472."""
_WORKED = 512
"""Dots on a side to which larger scans are brought down."""
_INK = 255
_EDGES = ((0.6, 0.6), (0.4, 0.66), (0.99, 0.5))
"""Dark parts of the edge and of the whole picture above which it is white on black. Measured: heavy Gothic cropped to
its frame (圍, 囝) is the only black on white that comes near; 14 of 2,500 such do, and none with a margin."""
_DOUBTFUL = (0.5, 0.42)
_CODE = re.compile(r"U\+?([0-9A-F]{4,6})|(F[0-9][0-9A-F]{2})", re.IGNORECASE)


def read_image(data: bytes, file: str) -> Reading:
    """Read an image of one glyph; the file's stem says its code (`U+E000`, `uE000` or `F040`)."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is wrong is told below, not on the terminal
            gray = _gray(data)
    except UnidentifiedImageError:
        code = "glyph_file_broken" if data.startswith(BEGINNINGS) else "glyph_file_unknown"
        return Reading((), (told(code, file),))
    except (Image.DecompressionBombError, _TooLargeError) as error:
        size = str(error) if isinstance(error, _TooLargeError) else f"> {SIDE:,} × {SIDE:,}"
        return Reading((), (told("glyph_file_too_large", file, detail=size),))
    except _SeveralError:
        return Reading((), (told("glyph_several", file),))
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError):
        # Pillow's decoders say a broken file in all these ways.
        return Reading((), (told("glyph_file_broken", file),))
    return _of(gray, file)


class _TooLargeError(Exception):
    pass


class _SeveralError(Exception):
    pass


def _gray(data: bytes) -> NDArray[np.uint8]:
    """The picture in grey, on white where it is transparent, at most 512 dots on a side."""
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        if max(image.size) > SIDE:
            raise _TooLargeError(f"{image.width:,} × {image.height:,}")
        if getattr(image, "n_frames", 1) > 1:
            raise _SeveralError
        if image.mode.startswith(("I", "F")):
            wide = np.asarray(image, np.float64)
            low, high = float(wide.min()), float(wide.max())
            scaled = (wide - low) * (_INK / (high - low)) if high > low else np.full_like(wide, _INK)
            plain = Image.fromarray(np.nan_to_num(scaled).astype(np.uint8))
        else:
            colour = image.convert("RGBA")
            plain = Image.alpha_composite(Image.new("RGBA", image.size, "white"), colour).convert("L")
        if max(plain.size) > _WORKED:
            plain.thumbnail((_WORKED, _WORKED), Image.Resampling.BOX, reducing_gap=None)
        return np.asarray(plain, np.uint8)


def _of(gray: NDArray[np.uint8], file: str) -> Reading:
    level = otsu(gray)
    if level is None:
        return Reading((), (told("glyph_no_ink", file),))
    ink = gray <= level
    findings: list[Finding] = []
    edge, whole = _dark(ink)
    inverted = any(edge > dark and whole > most for dark, most in _EDGES)
    if inverted:
        ink = ~ink
        findings.append(told("glyph_white_on_black", file))
    elif edge > _DOUBTFUL[0] and whole > _DOUBTFUL[1]:
        findings.append(told("glyph_black_on_white", file))
    ink, specks = without_specks(ink)
    if specks:
        findings.append(told("glyph_specks", file, detail=str(specks)))
    picture = cropped(np.where(ink, np.uint8(_INK), np.uint8(0)))
    if picture is None:
        return Reading((), (told("glyph_no_ink", file),))
    if is_several(picture > 0):
        return Reading((), (told("glyph_several", file),))
    private = _private(file)
    if not private:
        findings.append(told("glyph_code_unknown", file))
    name = code_name(private) if private else file
    glyph = Glyph(private, name, picture, max(gray.shape), bitmap_digest(picture))
    return Reading((glyph,), tuple(findings))


def _dark(ink: NDArray[np.bool_]) -> tuple[float, float]:
    """Dark parts of the edge, which is paper unless the glyph touches it, and of the whole picture."""
    edge = np.concatenate([ink[0], ink[-1], ink[1:-1, 0], ink[1:-1, -1]])
    return float(edge.mean()), float(ink.mean())


def _private(file: str) -> str:
    """The private-use character that the file's stem names; "" when it names none.

    `E0A3` alone is none: in CP932 it is a character that everybody has.
    """
    stem = file.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    match = _CODE.fullmatch(stem)
    if match is None:
        return ""
    try:
        return private_character(f"U+{match[1].upper()}" if match[1] else match[2].upper())
    except ValueError:
        return ""
