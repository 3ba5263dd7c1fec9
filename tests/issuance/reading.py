"""Reads the code on a paper as a scanner would: the page as a picture, then zbar."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest


def code_on(pdf: bytes) -> str:
    """Text of the 2D code on the last page."""
    for program in ("pdftoppm", "zbarimg"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed (Debian: poppler-utils, zbar-tools)")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "paper.pdf").write_bytes(pdf)
        subprocess.run(["pdftoppm", "-r", "400", "-png", "paper.pdf", "page"], cwd=folder, check=True)
        last = max(Path(folder).glob("page*.png"))
        read = subprocess.run(
            ["zbarimg", "--quiet", "--raw", last.name], cwd=folder, check=True, capture_output=True, text=True
        )
    return read.stdout.strip()
