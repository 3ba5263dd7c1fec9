"""The quick 2D code is bit for bit that of segno, and a reader reads it."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import numpy as np
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from yakuba.certificates.pictures import png
from yakuba.certificates.qr import MASK, matrix

if TYPE_CHECKING:
    from pathlib import Path

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def by_segno(text: str) -> np.ndarray:
    made = segno.make(text, error="m", mode="alphanumeric", micro=False, boost_error=False, mask=MASK)
    return np.array([list(row) for row in made.matrix], dtype=bool)


def is_whole(text: str) -> bool:
    """Whether mode, length, letters and end mark fill whole words; segno then adds one of noughts."""
    count = 9 if len(by_segno(text)) <= 4 * 9 + 17 else 11
    return (4 + count + len(text) // 2 * 11 + len(text) % 2 * 6 + 4) % 8 == 0


@settings(max_examples=20, deadline=None)
@given(st.text(LETTERS, min_size=1, max_size=400).filter(lambda text: not text.isdecimal() and not is_whole(text)))
def test_any_text(text: str) -> None:
    assert np.array_equal(matrix(text), by_segno(text))


def test_every_size_full_and_nearly_full() -> None:
    seen = set()
    for length in range(1, 500, 19):
        text = ("HTTPS://EXAMPLE.INVALID/V/" + "ABCDEFG234567" * 40)[:length]
        assert is_whole(text) or np.array_equal(matrix(text), by_segno(text)), length
        seen.add(len(matrix(text)))
    assert len(seen) >= 12


def test_other_letters_are_left_to_segno() -> None:
    made = segno.make("証明書abc", error="m", micro=False, boost_error=False, mask=MASK)
    assert np.array_equal(matrix("証明書abc"), np.array([list(row) for row in made.matrix], dtype=bool))


@pytest.mark.skipif(shutil.which("zbarimg") is None, reason="the Debian package zbar-tools reads the code")
@pytest.mark.parametrize("length", [7, 71, 151, 171, 186, 230, 311])
def test_a_reader_reads_it(length: int, tmp_path: Path) -> None:
    text = ("HTTPS://EXAMPLE.INVALID/V/" + "ABCDEFG234567" * 40)[:length]
    path = tmp_path / "code.png"
    path.write_bytes(png(np.kron(np.pad(matrix(text), 4), np.ones((6, 6), bool))))
    ended = subprocess.run(["zbarimg", "-q", "--raw", str(path)], capture_output=True, text=True, check=True)
    assert ended.stdout.rstrip("\n") == text
