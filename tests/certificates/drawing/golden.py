"""Golden pictures: pages in grey at 90 dots per inch, drawn by poppler, which had no part in making them.

    python -m tests.certificates.drawing.golden      # writes them anew, after somebody has looked at every one

provenance: our own forms, looked at page by page; they hold nothing but the invented cast of the samples.
"""

from __future__ import annotations

import struct
import subprocess
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from yakuba.certificates.drawing import compose, render
from yakuba.certificates.samples import Sample, samples

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).resolve().parents[1] / "golden"
DPI = 90
BLOCK = 3
"""Pixels of the edge of a block; pictures are compared by the mean grey of blocks, so that another version of poppler,
which smooths edges otherwise, does not matter, and another character does."""
TOLERANCE = 20
CODE = "HTTPS://EXAMPLE.INVALID/V/" + "ABCDEFG234567" * 12
"""Text of the 2D code, the same on every picture."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def drawn() -> tuple[Sample, ...]:
    """Cases that have pictures."""
    return tuple(sample for sample in samples() if not sample.refused)


def pages(sample: Sample) -> list[np.ndarray]:
    """Every page of a sample in grey."""
    composed = compose(sample.order, sample.record, sample.issuer, sample.look)
    return rasterised(render(composed, CODE).pdf)


def rasterised(pdf: bytes) -> list[np.ndarray]:
    """Every page of a PDF in grey, by pdftoppm."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(pdf)
        command = ["pdftoppm", "-gray", "-r", str(DPI), str(path), str(Path(folder) / "page")]
        subprocess.run(command, check=True, capture_output=True)
        return [_pgm(one.read_bytes()) for one in sorted(Path(folder).glob("*.pgm"))]


def _pgm(raw: bytes) -> np.ndarray:
    _, size, _, pixels = raw.split(b"\n", 3)
    width, height = (int(part) for part in size.split())
    return np.frombuffer(pixels, np.uint8).reshape(height, width)


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """The largest difference of two blocks at the same place, 0 to 255; 255 when the sizes differ."""
    if one.shape != other.shape:
        return 255.0
    return float(np.abs(_blocks(one) - _blocks(other)).max())


def _blocks(picture: np.ndarray) -> np.ndarray:
    height, width = (edge // BLOCK * BLOCK for edge in picture.shape)
    cut = picture[:height, :width].astype(float)
    means: np.ndarray = cut.reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK).mean(axis=(1, 3))
    return means


def write_png(path: Path, picture: np.ndarray) -> None:
    """A grey PNG whose rows are not filtered, so that `read_png` is a few lines."""
    height, width = picture.shape
    raw = np.hstack([np.zeros((height, 1), np.uint8), picture]).tobytes()
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(raw, 9)), (b"IEND", b""))
    path.write_bytes(_SIGNATURE + b"".join(_chunk(name, body) for name, body in chunks))


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def read_png(path: Path) -> np.ndarray:
    """A picture that `write_png` wrote."""
    raw = path.read_bytes()
    width, height = struct.unpack_from(">II", raw, 16)
    size = struct.unpack_from(">I", raw, 33)[0]
    rows = np.frombuffer(zlib.decompress(raw[41 : 41 + size]), np.uint8).reshape(height, width + 1)
    return rows[:, 1:]


def names(sample: Sample) -> Iterator[Path]:
    """Where the pages of a sample are kept, without end."""
    number = 0
    while True:
        number += 1
        yield FOLDER / f"{sample.kind.identifier}-{sample.name}-{number}.png"


def main() -> None:
    """Write all pictures anew."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    for sample in drawn():
        for path, picture in zip(names(sample), pages(sample), strict=False):
            write_png(path, picture)


if __name__ == "__main__":
    main()
