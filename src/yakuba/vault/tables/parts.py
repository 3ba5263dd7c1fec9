"""Parts (部分): the content of a sealed object, header and Parquet parts, being written and read."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from typing import TYPE_CHECKING, Any, Protocol, Self

import numpy as np
import polars as pl

from yakuba.kernel.errors import NotProvenError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from numpy.typing import NDArray

    Positions = NDArray[np.int64]

PREFIX = 8
"""Bytes that tell the length of the header."""
_LEVEL = 3
_IN_MEMORY = 32 << 20
"""Bytes of parts that are not yet a file; behind that they wait in a nameless one."""
_GAP = "gap"
_LONGEST_HEADER = 64 << 20
ADDRESSEE = "宛名番号"
"""Columns whose names end so tell whose row it is; a part names its least and greatest."""

Part = dict[str, Any]
"""offset, length, rows, and `ranges`: column → [least, greatest] of its non-empty cells."""


class Plain(Protocol):
    """Content of one object, opened."""

    def read(self, start: int, length: int) -> bytes:
        """Bytes from `start`; fewer where it ends."""


class Parts:
    """Parts that wait for their header; `finish` writes header and parts to a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held = tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(path.parent))  # noqa: SIM115  closed by __exit__

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._held.close()

    def add(self, data: bytes, rows: int, ranges: Mapping[str, list[str]] | None = None) -> Part:
        """One more part.

        Returns:
            What the header says of it.
        """
        part: Part = {"offset": self._held.tell(), "length": len(data), "rows": rows}
        if ranges:
            part["ranges"] = dict(ranges)
        self._held.write(data)
        return part

    def finish(self, header: Mapping[str, Any]) -> None:
        """Write the content; parts added before are in it."""
        words = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
        self._held.seek(0)
        with self._path.open("xb") as stream:
            stream.write(len(words).to_bytes(PREFIX, "big") + words)
            shutil.copyfileobj(self._held, stream, 1 << 20)


def read_header(plain: Plain) -> tuple[dict[str, Any], int]:
    """The header, and where the parts begin.

    Raises:
        NotProvenError: there is none that this program knows.
    """
    size = int.from_bytes(plain.read(0, PREFIX), "big")
    try:
        header: dict[str, Any] = json.loads(plain.read(PREFIX, size)) if size < _LONGEST_HEADER else {}
    except ValueError:
        header = {}
    if header.get("format") != FORMAT:
        raise NotProvenError(
            "封印物の見出しが読めません the header of the content cannot be read",
            remedy="新しい版の yakuba で開いてください it may be of a newer edition of yakuba",
        )
    return header, PREFIX + size


FORMAT = "yakuba-tables-1"


def packed(frame: pl.DataFrame) -> tuple[bytes, dict[str, list[str]]]:
    """Rows as Parquet, and the ranges of their addressee numbers.

    Args:
        frame: text, never null; a column without a value is left out.
    """
    # One look at all columns; a column of "" alone says nothing.
    filled = frame.select((pl.all() != "").any()).row(0) if frame.height else ()
    kept = [name for name, some in zip(frame.columns, filled, strict=False) if some] or frame.columns[:1]
    return _parquet(frame.select(kept)), _ranges(frame, [name for name in kept if name.endswith(ADDRESSEE)])


def _ranges(frame: pl.DataFrame, columns: Sequence[str]) -> dict[str, list[str]]:
    filled = {name: frame[name].filter(frame[name] != "") for name in columns}
    return {name: [str(cells.min()), str(cells.max())] for name, cells in filled.items() if len(cells)}


def packed_positions(positions: Positions) -> bytes:
    """Ascending positions as Parquet."""
    gaps = np.diff(positions, prepend=0).astype(np.uint64)
    return _parquet(pl.DataFrame({_GAP: gaps}))


def _parquet(frame: pl.DataFrame) -> bytes:
    data = io.BytesIO()
    frame.write_parquet(data, compression="zstd", compression_level=_LEVEL, statistics=False)
    return data.getvalue()


def unpacked(data: bytes, columns: list[str] | None = None) -> pl.DataFrame:
    """Rows of a part; `columns` that it holds, or all of them."""
    return pl.read_parquet(io.BytesIO(data), columns=columns, use_statistics=False)


def unpacked_positions(data: bytes) -> Positions:
    """Inverse of `packed_positions`."""
    return np.cumsum(unpacked(data)[_GAP].to_numpy()).astype(np.int64)
