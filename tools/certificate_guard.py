"""Make src/yakuba/certificates/page/guard.svg: one tile of the copy guard (けん制文字 「複写」).

    python tools/certificate_guard.py

The ground is many fine dots, drawn by the template itself; the tile holds the word, of few coarse dots that together
are as grey as the ground, on white that hides the ground beneath. Needs IPAmj明朝 and pdftoppm (poppler-utils).
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import typst

from yakuba.certificates.font import font_path

TARGET = Path(__file__).resolve().parents[1] / "src/yakuba/certificates/page/guard.svg"
WIDTH, HEIGHT = 72.0, 50.0
"""Millimetres of the tile."""
CELL, DOT = 0.8, 0.103
"""Millimetres between coarse dots, and of a dot's edge."""
PIXELS = 10
"""Pixels of a millimetre when looking where the word is."""
WORD = """
#set page(width: {width}mm, height: {height}mm, margin: 0pt)
#set text(font: "IPAmjMincho")
#place(center + horizon, rotate(-16deg, text(size: 84pt, stroke: 1.8pt, tracking: 3pt)[複写]))
"""


def main() -> None:
    """Write the tile."""
    black = mask()
    points = [
        (column * CELL / 2, row * CELL / 2)
        for row in range(1, int(HEIGHT / CELL * 2) - 1)
        for column in range(1, int(WIDTH / CELL * 2) - 1)
        if (row + column) % 2 == 0 and black[int(row * CELL / 2 * PIXELS), int(column * CELL / 2 * PIXELS)]
    ]
    white = "".join(square(x, y, CELL) for x, y in points)
    grey = "".join(square(x, y, DOT) for x, y in points)
    TARGET.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}">'
        f'<path fill="#fff" d="{white}"/><path fill="#555" d="{grey}"/></svg>\n',
        encoding="utf-8",
    )
    print(f"{TARGET}: {len(points)} dots, {TARGET.stat().st_size:,} bytes")


def square(x: float, y: float, edge: float) -> str:
    """A square around a point, as path data."""
    return f"M{x - edge / 2:.3g} {y - edge / 2:.3g}h{edge:g}v{edge:g}h-{edge:g}z"


def mask() -> np.ndarray:
    """Where the word is black, a pixel a tenth of a millimetre."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "word.pdf"
        source = WORD.format(width=WIDTH, height=HEIGHT).encode()
        settings: dict[str, Any] = {"font_paths": [str(font_path().parent)], "ignore_system_fonts": True}
        page.write_bytes(typst.compile(source, **settings))
        command = ["pdftoppm", "-gray", "-r", str(round(PIXELS * 25.4)), str(page), str(Path(folder) / "word")]
        subprocess.run(command, check=True)
        raw = next(Path(folder).glob("*.pgm")).read_bytes()
    _, size, _, pixels = raw.split(b"\n", 3)
    width, height = (int(part) for part in size.split())
    return np.frombuffer(pixels, np.uint8).reshape(height, width) < 128


if __name__ == "__main__":
    main()
