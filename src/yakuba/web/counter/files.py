"""Output files (出力): Excel and the clipboard, in which no value can act as a formula; CSV is the kernel's."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from yakuba.kernel.spreadsheet import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


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
