"""Records (記録): CSV text cut into the texts of its rows."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from yakuba.kernel.errors import UsageError
from yakuba.layouts.csv_text import csv_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

BOM = b"\xef\xbb\xbf"
_QUOTE, _LF = ord('"'), ord("\n")
_MARKS = bytes(range(1, 9))
"""One that does not occur serves as a separator that separates nothing."""
_REMEDY = "UTF-8 の CSV を出力し直してください write the file again as UTF-8 CSV"


def split(data: bytes, columns: Sequence[str], where: str) -> pl.Series:
    """Cut whole records apart.

    Args:
        data: records, each with its line end (the last may lack it); a quoted cell may hold line ends.
        columns: of the table. where: the file, for messages.

    Returns:
        The rows in the one form that is digested, see the package.

    Raises:
        UsageError: no UTF-8, a quote is not closed, or a record with quotes has another number of cells.
    """
    plain = b'"' not in data and b"\r" not in data
    try:
        texts = _lines(data) if plain or _ends_in_lines(data) else _one_by_one(data)
    except (UnicodeDecodeError, pl.exceptions.ComputeError) as error:
        raise UsageError(f"{where}: UTF-8 ではない文字があります is not UTF-8", remedy=_REMEDY) from error
    return texts if plain else _in_one_form(texts, columns, where)


def line_ends(data: bytes) -> NDArray[np.int64]:
    """Bytes up to and with each line end outside quotes; the last record needs none."""
    letters = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(letters == _LF)
    if b'"' in data:
        quotes = np.flatnonzero(letters == _QUOTE)
        ends = ends[np.searchsorted(quotes, ends) % 2 == 0]
    if data and not (len(ends) and ends[-1] == len(data) - 1):
        ends = np.append(ends, len(data) - 1)
    return ends + 1


def _ends_in_lines(data: bytes) -> bool:
    """Whether every record is one line, in spite of its quotes."""
    return b"\r" not in data and len(line_ends(data)) == data.count(b"\n") + (not data.endswith(b"\n"))


def _lines(data: bytes) -> pl.Series:
    """The quick way, for records that are lines."""
    mark = next((mark for mark in _MARKS if mark not in data), None)
    if mark is None:
        return _one_by_one(data)
    if not data:
        return pl.Series("record", [], dtype=pl.String)
    # The reader drops a mark of byte order at the start of what it is given; here it would be the first letter.
    data = BOM + data if data.startswith(BOM) else data
    column: dict[str, pl.DataType] = {"record": pl.String()}
    frame = pl.read_csv(
        data, has_header=False, schema=column, separator=chr(mark), quote_char=None, empty_string_is_null=False
    )
    return frame["record"]


def _one_by_one(data: bytes) -> pl.Series:
    ends = line_ends(data).tolist()
    whole = [_bare(data[start:end]) for start, end in zip([0, *ends], ends, strict=False)]
    return pl.Series("record", [text.decode() for text in whole], dtype=pl.String)


def _bare(record: bytes) -> bytes:
    return record.removesuffix(b"\n").removesuffix(b"\r")


def _in_one_form(texts: pl.Series, columns: Sequence[str], where: str) -> pl.Series:
    """Records with a quote or a carriage return, quoted as `csv_text` does it; it alone decides the form."""
    hard = (texts.str.contains('"', literal=True) | texts.str.contains("\r", literal=True)).arg_true()
    if not len(hard):
        return texts
    cells = [_cells(text, len(columns), where) for text in texts.gather(hard)]
    frame = pl.DataFrame(cells, schema=dict.fromkeys(columns, pl.String()), orient="row")
    data = csv_text(frame, columns)
    starts = [0, *(ends := line_ends(data).tolist())[:-1]]
    forms = [data[start : end - 1].decode() for start, end in zip(starts, ends, strict=True)]
    return texts.scatter(hard, pl.Series(forms, dtype=pl.String))


def _cells(text: str, count: int, where: str) -> list[str]:
    try:
        rows = list(csv.reader([text], strict=True))
    except csv.Error as error:
        raise UsageError(f"{where}: CSV として読めません is no CSV ({error})", remedy=_REMEDY) from error
    cells = rows[0] if rows else [""]
    if len(rows) > 1 or len(cells) != count:
        raise UsageError(
            f"{where}: 見出しと数の合わない行があります a record has another number of cells", remedy=_REMEDY
        )
    return cells
