"""Excel (.xlsx): the cells of one sheet as the text a clerk sees in them; LINE is the row of the sheet.

Numbers keep their digits (5 is "5", never "5.0"), and the leading zeros that a format such as 00000 shows. Dates
become YYYY-MM-DD. A formula gives the value that Excel stored with it.
"""

from __future__ import annotations

import io
import json
import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np
import polars as pl

from yakuba.kernel.errors import CannotContinueError
from yakuba.migration.intake.batch import RECORD_FIELDS, Batch, Reject
from yakuba.migration.intake.columns import check_same, column_names, numbered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.migration.intake.files import Readable
    from yakuba.migration.intake.task import Task

_ZEROS = re.compile(r"0+")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ROWS = 20_000
_EXACT = 1e15


def read(stream: Readable, task: Task) -> Iterator[Batch]:
    """Records of one sheet, in order.

    Raises:
        CannotContinueError: no workbook of the .xlsx kind, no such sheet, or another header.
    """
    rows = _rows(stream, task)
    expected = task.expected or tuple(column.name for column in task.spec.columns)
    first = next(rows, None)
    if first is None and task.spec.header:
        raise CannotContinueError(f"{task.label}: the sheet is empty", remedy="name another `sheet`, or take it out")
    if task.spec.header and first is not None:
        names = column_names(first[1])
        if expected:
            check_same(expected, names, task.label)
    else:
        names = expected or numbered(len(first[1]) if first else 0)
    wanted = task.expected or names
    yield Batch(pl.DataFrame(schema=dict.fromkeys(wanted, pl.String)), np.empty(0, np.uint64))
    if first is not None and not task.spec.header:
        rows = _again(first, rows)
    for batch in _batches(rows, names):
        yield Batch(batch.frame.select(wanted), batch.lines, batch.rejects)


def text_of(value: Any, number_format: str = "") -> str:
    """A cell's value as text.

    >>> text_of(5.0), text_of(12, "00000"), text_of(0.1), text_of(None), text_of(True)
    ('5', '00012', '0.1', '', 'TRUE')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        value = int(value) if value.is_integer() and abs(value) < _EXACT else repr(value)
    if isinstance(value, int):
        return str(value).zfill(len(number_format)) if _ZEROS.fullmatch(number_format) else str(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if not isinstance(value, timedelta) else str(value).rjust(8, "0")


def _rows(stream: Readable, task: Task) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of each row that is not empty, cells cut off behind the last one with content."""
    import openpyxl

    parts = []
    while data := stream.read(task.limits.block):
        parts.append(data)
    data = b"".join(parts)
    if data.startswith(_OLD_EXCEL):
        raise CannotContinueError(f"{task.label}: an old or protected workbook", remedy="save it as .xlsx, unprotected")
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise CannotContinueError(
            f"{task.label}: cannot be opened as a workbook ({error})", remedy="open it in Excel and save it as .xlsx"
        ) from error
    name = task.spec.sheet or book.sheetnames[0]
    if name not in book.sheetnames:
        raise CannotContinueError(f"{task.label}: no sheet {name}", remedy="it has " + ", ".join(book.sheetnames))
    for number, row in enumerate(book[name].iter_rows(), 1):
        cells = [text_of(cell.value, getattr(cell, "number_format", "") or "") for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, cells


def _again(first: tuple[int, list[str]], rest: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    yield first
    yield from rest


def _batches(rows: Iterator[tuple[int, list[str]]], names: tuple[str, ...]) -> Iterator[Batch]:
    good: list[list[str]] = []
    lines: list[int] = []
    rejects: list[Reject] = []
    for number, cells in rows:
        if len(cells) > len(names):
            raw = json.dumps(cells, ensure_ascii=False).encode()
            rejects.append(Reject(number, RECORD_FIELDS, f"{len(cells)} cells where {len(names)} are expected", raw))
            continue
        good.append(cells + [""] * (len(names) - len(cells)))
        lines.append(number)
        if len(good) == _ROWS:
            yield _batch(good, lines, rejects, names)
            good, lines, rejects = [], [], []
    yield _batch(good, lines, rejects, names)


def _batch(rows: list[list[str]], lines: list[int], rejects: list[Reject], names: tuple[str, ...]) -> Batch:
    schema = dict.fromkeys(names, pl.String)
    frame = pl.DataFrame(rows, schema=schema, orient="row") if rows else pl.DataFrame(schema=schema)
    return Batch(frame, np.array(lines, np.uint64), rejects)
