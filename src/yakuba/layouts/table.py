"""Catalog tables (CSV, UTF-8, header row): rows that know their file and line, so that a slip can be named."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a catalog table.

    Attributes:
        path: the file. line: 1-based line where the record ends. cells: text by column name.
    """

    path: Path
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def refused(self, column: str, why: str) -> UsageError:
        """The error to raise when this row's cell cannot be meant: names file, line and column."""
        return UsageError(f"{self.path}:{self.line}: {column}: {why}", remedy="correct the catalog table")

    def mark(self, column: str) -> bool:
        """A cell that holds ○ or nothing.

        Raises:
            UsageError: it holds something else.
        """
        value = self[column]
        if value not in ("", "○"):
            raise self.refused(column, f"{value!r} is neither ○ nor empty")
        return value == "○"


def read_table(path: Path, columns: Sequence[str]) -> list[Row]:
    """Read a catalog table.

    Args:
        path: CSV file, UTF-8 with or without BOM.
        columns: columns it must have; more are allowed.

    Raises:
        UsageError: not readable, not UTF-8, a column is missing, or a record has another number of cells.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = next(reader, [])
            missing = [column for column in columns if column not in header]
            if missing:
                raise UsageError(f"{path}:1: column {missing[0]} is missing", remedy="add the column to the header")
            return [Row(path, reader.line_num, _cells(path, reader.line_num, header, record)) for record in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: cannot be read: {error}", remedy="give a UTF-8 CSV table") from error


def _cells(path: Path, line: int, header: list[str], record: list[str]) -> dict[str, str]:
    if len(record) != len(header):
        raise UsageError(f"{path}:{line}: {len(record)} cells where the header has {len(header)}")
    return dict(zip(header, record, strict=True))


def write_table(path: Path, header: Sequence[str], records: Sequence[Sequence[str]]) -> None:
    """Write a catalog table: UTF-8 without BOM, LF, quoted only where needed."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(records)
