"""Pictures (画像): seals, imprints, the 2D code, the dots of the copy guard, as bytes the engine can draw."""

from __future__ import annotations

import struct
import zlib
from hashlib import shake_256

import numpy as np

from yakuba.certificates import qr

_PNG = b"\x89PNG\r\n\x1a\n"
_SVG_STARTS = (b"<svg", b"<?xml")
_BITS = 8
_INCH = 25.4
SCRAMBLE_WIDTH, SCRAMBLE_HEIGHT = 160, 224
"""Dots of the picture on the back."""


def is_picture(raw: bytes) -> bool:
    """Whether bytes are a PNG or an SVG, by how they begin."""
    return raw.startswith(_PNG) or raw.lstrip().startswith(_SVG_STARTS)


def millimetres(raw: bytes, width: str, height: str, resolution: str) -> tuple[float, float] | None:
    """Real size of a picture: as measured, else from the pixels of a PNG and their number per inch; None = unknown."""
    try:
        if width and height:
            return float(width), float(height)
        if not raw.startswith(_PNG):
            return None
        across, down = struct.unpack_from(">II", raw, 16)
        return across * _INCH / int(resolution), down * _INCH / int(resolution)
    except (ValueError, ZeroDivisionError, struct.error):
        return None


def png(pixels: np.ndarray) -> bytes:
    """A PNG of one bit a pixel.

    Args:
        pixels: rows × columns, true = black.
    """
    height, width = pixels.shape
    rows = np.packbits(~pixels, axis=1)
    raw = np.hstack([np.zeros((height, 1), np.uint8), rows]).tobytes()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return _PNG + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(raw, 6)) + _chunk(b"IEND", b"")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def code(text: str) -> tuple[bytes, int]:
    """The 2D code (QR, error correction M) of a text, one pixel a module without quiet zone; and its modules."""
    modules = qr.matrix(text)
    return png(modules), len(modules)


def scramble(seed: str) -> bytes:
    """Dots for the back of a sheet, from a digest alone: who knows the digest can make the same picture again.

    Args:
        seed: digest of what the front says, and its number.
    """
    count = SCRAMBLE_WIDTH * SCRAMBLE_HEIGHT
    bits = np.unpackbits(np.frombuffer(shake_256(seed.encode("utf-8")).digest(count // _BITS), np.uint8))
    return png(bits.reshape(SCRAMBLE_HEIGHT, SCRAMBLE_WIDTH).astype(bool))
