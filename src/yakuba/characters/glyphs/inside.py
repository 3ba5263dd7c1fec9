"""Reads a file in this process, whatever it is. Only the reader's process (`read`) and its fuzz may ask for that."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from yakuba.characters.glyphs.font import read_font
from yakuba.characters.glyphs.image import BEGINNINGS, SUFFIXES, read_image
from yakuba.characters.glyphs.reading import MOST, Reading, gathered, in_part
from yakuba.characters.glyphs.telling import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from yakuba.characters.glyphs.glyph import Glyph
    from yakuba.kernel.finding import Finding

FONT_BYTES = 256 << 20
IMAGE_BYTES = 64 << 20
ARCHIVE_BYTES = 1 << 30
"""Bytes that a font, an image, and all images of a zip or folder together may have, unpacked."""
_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, OSError, EOFError, ValueError, LookupError,
            OverflowError)  # fmt: skip
"""What Python's reader of zips says to damaged or encrypted ones."""
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_FONTS = (b"\0\1\0\0", b"true", b"typ1", b"OTTO", b"ttcf", b"STARTFONT", b"\x01fcp", b"\x1f\x8b", b"wOFF")
_LEFT_OUT = ("__MACOSX/", ".DS_Store", "Thumbs.db")


def read_inside(path: Path, way: str = "") -> Reading:
    """Read a font, an image, or a folder or zip of images; see `read.read_glyphs`."""
    if path.is_dir():
        return _several(_in_folder(path), path.name)
    size = path.stat().st_size
    if size > ARCHIVE_BYTES:
        return Reading((), (told("glyph_file_too_large", path.name, detail=f"{size:,} bytes"),))
    return read_data(path.read_bytes(), path.name, way)


def read_data(data: bytes, file: str, way: str = "") -> Reading:
    """The same for the bytes of a file."""
    if data.startswith((_ZIP, _EMPTY_ZIP)):
        return _archive(data, file)
    if data.startswith(BEGINNINGS):
        return gathered_image(data, file)
    if not data.startswith(_FONTS):
        return Reading((), (told("glyph_file_unknown", file),))
    if len(data) > FONT_BYTES:
        return Reading((), (told("glyph_file_too_large", file, detail=f"{len(data):,} bytes"),))
    return read_font(data, file, way)


def gathered_image(data: bytes, file: str) -> Reading:
    """One image, unless the file is larger than any image of a glyph."""
    if len(data) > IMAGE_BYTES:
        return Reading((), (told("glyph_file_too_large", file, detail=f"{len(data):,} bytes"),))
    return read_image(data, file)


def _archive(data: bytes, file: str) -> Reading:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = [one for one in packed.infolist() if not one.filename.endswith("/")]
            size = sum(one.file_size for one in entries)
            if size > ARCHIVE_BYTES:
                return Reading((), (told("glyph_file_too_large", file, detail=f"{size:,} bytes"),))
            return _several(_in_archive(packed, entries), file)
    except _DAMAGED:
        return Reading((), (told("glyph_file_broken", file),))


def _in_archive(packed: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes | None]]:
    """Names and bytes; None for what cannot be unpacked (encrypted, damaged)."""
    for entry in entries:
        try:
            with packed.open(entry) as stream:
                yield entry.filename, stream.read(IMAGE_BYTES + 1)
        except _DAMAGED:
            yield entry.filename, None


def _in_folder(path: Path) -> Iterator[tuple[str, bytes | None]]:
    for each in sorted(path.rglob("*")):
        if each.is_file():
            with each.open("rb") as stream:
                yield each.relative_to(path).as_posix(), stream.read(IMAGE_BYTES + 1)


def _several(files: Iterable[tuple[str, bytes | None]], whole: str) -> Reading:
    """All images of a folder or zip as one reading; other files are told of, not read."""
    glyphs: list[Glyph] = []
    findings: list[Finding] = []
    size = 0
    for count, (name, data) in enumerate(files):
        if any(left in name for left in _LEFT_OUT):
            continue
        size += len(data or b"")
        if count >= MOST or size > ARCHIVE_BYTES:
            code, detail = ("glyph_too_many", f"> {MOST:,}") if count >= MOST else ("glyph_file_too_large", f"{size:,}")
            return Reading((), (told(code, whole, detail=detail),))
        reading = _one(name, data)
        glyphs += reading.glyphs
        findings += in_part(reading.findings)
    if not glyphs and not findings:
        findings.append(told("glyph_none", whole))
    return gathered(glyphs, findings, whole)


def _one(name: str, data: bytes | None) -> Reading:
    if data is None:
        return Reading((), (told("glyph_file_broken", name),))
    if not any(name.lower().endswith(suffix) for suffix in SUFFIXES):
        return Reading((), (told("glyph_file_unknown", name),))
    return gathered_image(data, name)
