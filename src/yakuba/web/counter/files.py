"""Output files (出力): CSV, Excel and the clipboard, in which no value can act as a formula."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_STARTS = "=+-@\t\r\n＝＋－＠"
"""What a spreadsheet may take for the beginning of a formula (OWASP: CSV injection), also in full width."""
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def harmless(value: str) -> str:
    """The value as text that a spreadsheet only shows: a leading ' where it could be taken for a formula.

    >>> harmless("=HYPERLINK(1)"), harmless("-5"), harmless("見本町")
    ("'=HYPERLINK(1)", '-5', '見本町')
    """
    return f"'{value}" if value[:1] and value[0] in _STARTS and not _NUMBER.fullmatch(value) else value


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """CSV as Excel opens it with a double click: UTF-8 with its mark, CRLF, every cell quoted."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([harmless(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_excel(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook whose cells are all text: numbers keep their zeros, formulas stay words."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("出力")
    sheet.freeze_panes = "A2"
    head = []
    for heading in headings:
        cell = WriteOnlyCell(sheet, heading)
        cell.font = Font(bold=True)
        head.append(cell)
    sheet.append(head)
    for row in rows:
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, _CONTROL.sub("", value))
            cell.data_type, cell.number_format = "s", "@"
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_lines(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Tab-separated lines for the clipboard: pasted into a sheet they fall into their columns."""
    lines = [headings, *([harmless(re.sub(r"\s*[\t\r\n]\s*", " ", value)) for value in row] for row in rows)]
    return "\n".join("\t".join(line) for line in lines)
