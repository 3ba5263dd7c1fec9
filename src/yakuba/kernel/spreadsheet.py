"""Spreadsheets (表計算): CSV as people open it, in which no value can act as a formula."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_STARTS = "=+-@\t\r\n＝＋－＠"
"""What a spreadsheet may take for the beginning of a formula (OWASP: CSV injection), also in full width."""
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


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
