"""Writes batches as Parquet parts with their lineage, and the rejects behind them."""

from __future__ import annotations

import errno
import io
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast

import numpy as np
import polars as pl

from yakuba.kernel.errors import CannotContinueError
from yakuba.migration.contracts import FILE, LINE, LINEAGE, RECORD, UNREAD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from typing_extensions import Buffer

    from yakuba.migration.intake.batch import Batch, Reject

_REJECTS_IN_MEMORY = 32 << 20
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Writer:
    """Collects the parts of one source.

    Attributes:
        columns: the source's columns, known after the first batch.
        parts: files written. records: records in them. rejected: records handed back.
        spill: folder for lines that are too long.
    """

    def __init__(self, work: Path) -> None:
        self._work = work
        self._file = 0
        self._rejects: list[tuple[int, Reject]] = []
        self._pieces: list[Path] = []
        self._held = 0
        self.columns: tuple[str, ...] | None = None
        self.parts: list[Path] = []
        self.records = 0
        self.rejected = 0
        self.spill = work / "long-lines"

    def add(self, batch: Batch) -> None:
        """Write one batch as a part of its own."""
        if self.columns is None:
            self.columns = tuple(batch.frame.columns)
        height = batch.frame.height
        if height:
            numbers = np.arange(self.records + 1, self.records + height + 1, dtype=np.uint64)
            frame = batch.frame.select(
                pl.Series(RECORD, numbers, LINEAGE[RECORD]),
                pl.lit(self._file, LINEAGE[FILE]).alias(FILE),
                pl.Series(LINE, batch.lines, LINEAGE[LINE]),
                pl.all(),
            )
            path = self._work / f"part-{len(self.parts) + 1:05}.parquet"
            write_table(frame, path)
            self.parts.append(path)
            self.records += height
        for reject in batch.rejects:
            self._rejects.append((self._file, reject))
            self._held += len(reject.raw)
        self.rejected += len(batch.rejects)
        if self._held > _REJECTS_IN_MEMORY:
            self._flush()

    def next_file(self) -> None:
        """Batches from here on belong to the next file."""
        self._file += 1

    def finish(self) -> Path:
        """Write the rejects; gives their table (contracts.UNREAD)."""
        path = self._work / "rejects.parquet"
        self._flush()
        with _disk_file(path) as out:
            pl.scan_parquet(self._pieces).sink_parquet(out, compression="zstd")
        for piece in self._pieces:
            piece.unlink()
        return path

    def _flush(self) -> None:
        rows = [(file, reject.line, reject.code, reject.detail, reject.raw) for file, reject in self._rejects]
        piece = self._work / f"rejects-{len(self._pieces) + 1:05}.parquet"
        write_table(pl.DataFrame(rows, schema=UNREAD, orient="row"), piece)
        self._pieces.append(piece)
        self._rejects.clear()
        self._held = 0


def write_table(frame: pl.DataFrame, path: Path) -> None:
    """Write a table as Parquet.

    Raises:
        OSError: as the operating system told it.
    """
    with _disk_file(path) as out:
        frame.write_parquet(out, compression="lz4", statistics=False)


class _Watched(io.RawIOBase):
    """A file that remembers why a write failed; Polars tells only that some write did."""

    def __init__(self, path: Path) -> None:
        self._out = path.open("wb", buffering=0)
        self.error: OSError | None = None

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer, /) -> int:
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[self._out.write(rest) :]
        except OSError as error:
            self.error = error
            raise
        return memoryview(data).nbytes

    def close(self) -> None:
        super().close()
        self._out.close()


@contextmanager
def _disk_file(path: Path) -> Iterator[IO[bytes]]:
    out = _Watched(path)
    try:
        yield cast("IO[bytes]", out)
    except pl.exceptions.PolarsError as error:
        raise (out.error or error) from error
    finally:
        out.close()


@contextmanager
def disk_errors(folder: Path) -> Iterator[None]:
    """Turn errors of the disk below `folder` into one line.

    Raises:
        CannotContinueError: no room, no right to write, or another error of the operating system.
    """
    try:
        yield
    except OSError as error:
        place = error.filename or folder
        if error.errno in _NO_ROOM or "No space left" in str(error):
            raise CannotContinueError(
                f"{place}: no room left on the disk", remedy="free some or choose another OUT, then run again"
            ) from error
        raise CannotContinueError(
            f"{place}: {error.strerror or error}", remedy="check the path and its rights"
        ) from error
