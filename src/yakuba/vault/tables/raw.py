"""Raw tables (表のファイル): a CSV file read in stretches of whole records, in bounded memory."""

from __future__ import annotations

import csv
import os
from typing import TYPE_CHECKING

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.vault.tables.records import BOM, line_ends, split

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    Offsets = NDArray[np.int64]

STRETCH = 8 << 20
"""Bytes of text read at a time; a part of the sealed object holds as much."""
_LONGEST = 64 << 20
"""Bytes: no record is longer; a quote that nobody closed would swallow the file."""
_OPEN_QUOTE = "引用符が閉じていません a quote is not closed"
_REMEDY = "CSV を出力し直してください write the file again"


def head(path: Path) -> tuple[tuple[str, ...], int]:
    """Names of the columns, and bytes before the first record.

    Raises:
        UsageError: there is no header in UTF-8, or a name is there twice.
        CannotContinueError: the file cannot be read.
    """
    line = b""
    try:
        with path.open("rb") as stream:
            for piece in stream:
                line += piece
                if line.count(b'"') % 2 == 0 or len(line) > _LONGEST:
                    break
        names = next(csv.reader([line.removeprefix(BOM).decode().rstrip("\r\n")], strict=True), [])
    except OSError as error:
        raise CannotContinueError(f"{path}: 読めません cannot be read ({error.strerror})", remedy=_REMEDY) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}:1: 見出しが読めません the header is no CSV in UTF-8", remedy=_REMEDY) from error
    if not names or len(set(names)) < len(names):
        raise UsageError(f"{path}:1: 見出しがないか重複しています no header, or a name twice", remedy=_REMEDY)
    return tuple(names), len(line)


def stretches(path: Path, start: int) -> Iterator[tuple[int, bytes]]:
    """Offset and bytes of whole records, `STRETCH` or a little more at a time.

    Args:
        start: where the first record begins, from `head`.

    Raises:
        UsageError: a quote is not closed.
        CannotContinueError: the file cannot be read.
    """
    try:
        with path.open("rb") as stream:
            stream.seek(start)
            yield from _cut(stream, start, path)
    except OSError as error:
        raise CannotContinueError(f"{path}: 読めません cannot be read ({error.strerror})", remedy=_REMEDY) from error


def _cut(stream: BinaryIO, start: int, path: Path) -> Iterator[tuple[int, bytes]]:
    kept = b""
    while piece := stream.read(STRETCH):
        kept += piece
        end = _last_end(kept)
        if end:
            yield start, kept[:end]
            start, kept = start + end, kept[end:]
        elif len(kept) > _LONGEST:
            raise UsageError(f"{path}: {_OPEN_QUOTE}", remedy=_REMEDY)
    if kept.count(b'"') % 2:
        raise UsageError(f"{path}: {_OPEN_QUOTE}", remedy=_REMEDY)
    if kept:
        yield start, kept


def _last_end(data: bytes) -> int:
    """Bytes of the whole records at the start of `data`."""
    if b'"' not in data:
        return data.rfind(b"\n") + 1
    ends = line_ends(data)
    # What has no line end yet may go on.
    return (
        int(ends[-1]) if data.endswith(b"\n") and data.count(b'"') % 2 == 0 else int(ends[-2]) if len(ends) > 1 else 0
    )


def picked(path: Path, starts: Offsets, ends: Offsets, columns: Sequence[str]) -> pl.Series:
    """Some records of a file, by their places in bytes, in the order given; what is there now, or fewer if it shrank.

    Raises:
        CannotContinueError: the file cannot be read any more.
    """
    places = zip(starts.tolist(), ends.tolist(), strict=True)
    try:
        # Not mapped: a file that somebody cuts off meanwhile would end the process.
        with path.open("rb", buffering=0) as stream:
            data = b"".join(_ended(os.pread(stream.fileno(), end - start, start)) for start, end in places)
    except OSError as error:
        raise CannotContinueError(f"{path}: 読めません cannot be read ({error.strerror})", remedy=_REMEDY) from error
    return split(data, columns, str(path))


def _ended(record: bytes) -> bytes:
    return record if record.endswith(b"\n") else record + b"\n"
