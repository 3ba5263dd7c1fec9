"""Sheets of an official workbook: a grid with merged cells filled in, and its table found by its header words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from yakuba.kernel.errors import CannotContinueError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet


@dataclass(frozen=True)
class Sheet:
    """One sheet as text.

    Attributes:
        file: workbook. name: sheet name.
        grid: cells as text, merged areas filled with their first cell; rows[0] is row 1 of the sheet.
    """

    file: str
    name: str
    grid: tuple[tuple[str, ...], ...]

    def refused(self, row: int, column: str, why: str) -> UsageError:
        """The error to raise for a cell that cannot be meant (`row` is 0-based)."""
        return UsageError(f"{self.file}[{self.name}]:{row + 1}: {column}: {why}", remedy="correct the workbook")


@dataclass(frozen=True)
class Table:
    """A table found in a sheet.

    Attributes:
        sheet: where it stands. header: 0-based row of the (last) header row.
        columns: our column name → 0-based grid columns (more than one when a heading spans several).
        extra: headings that have no column of ours → grid column.
    """

    sheet: Sheet
    header: int
    columns: Mapping[str, tuple[int, ...]]
    extra: Mapping[str, int]

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """0-based row number and cells of every record below the header.

        Rows whose filled cells are all the same are no records (sub-headings over the whole width, end marks), nor
        is the second half of a merged header.
        """
        header, below = self.sheet.grid[self.header], self.header + 1
        for row, cells in enumerate(self.sheet.grid[below:], below):
            if len({*cells} - {""}) > 1 and cells != header:
                yield row, cells

    def cell(self, cells: Sequence[str], column: str) -> str:
        """Text of one of our columns; empty when the table has no such column."""
        return " ".join(cells[at] for at in self.columns.get(column, ()) if cells[at])


def read_sheets(path: Path) -> list[Sheet]:
    """All sheets of a workbook.

    Raises:
        CannotContinueError: the file is missing or is no .xlsx workbook.
    """
    try:
        book = load_workbook(path, data_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError) as error:
        raise CannotContinueError(f"{path}: not readable as a workbook", remedy="save it as .xlsx") from error
    return [_sheet(path, sheet) for sheet in book.worksheets]


def _sheet(path: Path, sheet: Worksheet) -> Sheet:
    grid = [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    for area in sheet.merged_cells.ranges:
        top, left = area.min_row - 1, area.min_col - 1
        for row in range(top, min(area.max_row, len(grid))):
            for column in range(left, min(area.max_col, len(grid[row]))):
                grid[row][column] = grid[top][left]
    return Sheet(path.name, sheet.title, tuple(tuple(row) for row in grid))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()


def plain(text: str) -> str:
    """A heading without what editors vary: width, spaces, line breaks, brackets, case.

    >>> plain("データ項目 （ローマ字）") == plain("データ項目(ローマ字)")
    True
    """
    return re.sub(r"[\s()\[\]_・/]", "", unicodedata.normalize("NFKC", text)).lower()


def find_table(sheet: Sheet, words: Mapping[str, Sequence[str]], required: Sequence[str]) -> Table | None:
    """The table whose header has all `required` columns.

    Args:
        sheet: where to look.
        words: our column name → headings that mean it (in `plain` form).
        required: our columns that must be there.

    Returns:
        the table with the most known headings; None when no row (or pair of rows) has all required ones.
    """
    found = (_table(sheet, row, height, words) for row in range(len(sheet.grid)) for height in (1, 2))
    fitting = [table for table in found if all(column in table.columns for column in required)]
    return max(fitting, key=lambda table: (len(table.columns), -table.header), default=None)


def best_columns(sheet: Sheet, words: Mapping[str, Sequence[str]]) -> tuple[int, frozenset[str]]:
    """Row (0-based) that looks most like a header, and the columns known there: for a clear error."""
    tables = [_table(sheet, row, 1, words) for row in range(len(sheet.grid))]
    best = max(tables, key=lambda table: len(table.columns), default=None)
    return (best.header, frozenset(best.columns)) if best else (0, frozenset())


def _table(sheet: Sheet, row: int, height: int, words: Mapping[str, Sequence[str]]) -> Table:
    """Read `height` rows from `row` on as a header; a two-row heading is both its parts together."""
    meaning = {plain(word): column for column, many in words.items() for word in many}
    columns: dict[str, tuple[int, ...]] = {}
    extra: dict[str, int] = {}
    lower = min(row + height, len(sheet.grid)) - 1
    for at, heading in enumerate(_headings(sheet.grid[row], sheet.grid[lower])):
        column = meaning.get(plain(heading))
        if column and (column not in columns or columns[column][-1] == at - 1):
            columns[column] = (*columns.get(column, ()), at)
        elif heading and heading not in extra and not column:
            extra[heading.replace("\n", "")] = at
    return Table(sheet, lower, columns, extra)


def _headings(upper: tuple[str, ...], lower: tuple[str, ...]) -> Iterator[str]:
    """Headings of one or two rows; an empty upper cell belongs to the heading on its left (クラス分類 LV1 LV2 LV3)."""
    over = ""
    for above, below in zip(upper, lower, strict=False):
        over = above if above or not below else over
        yield over if over == below else f"{over}{below}"
