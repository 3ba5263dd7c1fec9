"""Private glyphs (外字) of a font, an image, or a folder or zip of images.

FreeType and Pillow's decoders are C, and a file from an old system is nobody's promise: one that is broken, or made to
do harm, may end the process that reads it. So a process of its own reads each file, with limits on memory and time;
whatever happens to it becomes a finding. What it hands over is data only (`wire`).
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.characters.glyphs.reading import Reading
from yakuba.characters.glyphs.telling import told
from yakuba.characters.glyphs.wire import unpacked
from yakuba.kernel.errors import CannotContinueError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Limits", "Reading", "read_glyphs"]

READER = (sys.executable, "-m", "yakuba.characters.glyphs._reader")
_HANDED_ON = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMPDIR")
"""Of the environment: what Python needs to start. Where the database is, and its password, is none of its business."""
_SINGLE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
_TOLD = 512
"""Characters of the reader's complaint that are kept."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the reader's process may use: bytes of address space (where the system can limit it), seconds."""

    memory: int = 3 << 30
    seconds: int = 300


def read_glyphs(path: Path, *, codes: str = "", limits: Limits | None = None) -> Reading:
    """Read the private glyphs of a file.

    Of a font, the glyphs at private codes: U+E000–F8FF, planes 15 and 16, F040–F9FC of CP932; of one without any
    table of codes, all glyphs by number. Of images, one glyph each, with the code that the file's name says.

    Args:
        path: .ttf .otf .tte .ttc .bdf .pcf, .png .tif .jpg .bmp, a zip or a folder of images. The contents decide.
        codes: how codes are meant that can be both: "unicode" or "cp932"; "" = as the font says (see `codes`).
        limits: of the process that reads.

    Returns:
        glyphs in the order of their codes, those without a code last; findings for whatever could not be read. A file
        that is no font and no image is a finding, not an error.

    Raises:
        UsageError: there is no such file or folder, or `codes` is neither.
        CannotContinueError: no process can be started.
    """
    if not path.exists():
        raise UsageError(f"{path}: no such file or folder", remedy="give a font, an image, or a folder or zip")
    if codes not in {"", "unicode", "cp932"}:
        raise UsageError(f"codes {codes!r}: unknown", remedy="unicode or cp932")
    limits = limits or Limits()
    environment = {name: os.environ[name] for name in _HANDED_ON if name in os.environ} | _SINGLE
    command = [*READER, str(path.absolute()), codes, str(limits.memory), str(limits.seconds)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter; the path is an argument of its own
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=limits.seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return _stopped(path, f"{limits.seconds} s")
    except OSError as error:
        raise CannotContinueError(f"no process to read {path.name}: {error.strerror}", remedy="free memory") from error
    if done.returncode:
        return _stopped(path, _reason(done.returncode, done.stderr))
    try:
        return unpacked(done.stdout)
    except ValueError:
        return _stopped(path, "?")


def _stopped(path: Path, why: str) -> Reading:
    return Reading((), (told("glyph_reader_stopped", path.name, detail=why),))


def _reason(code: int, said: bytes) -> str:
    """Why the process ended: a signal by its number, else the kind of error in its last line."""
    if code < 0:
        return f"signal {-code}"
    last = said.decode("utf-8", "replace").strip().rsplit("\n", 1)[-1][:_TOLD]
    return last.partition(":")[0] or f"exit {code}"
