"""Turns one file's cells into bytes: CSV or fixed length, private-area characters, damaged records."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.errors import CannotContinueError
from yakuba.town.bench import BAD_BYTE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yakuba.town.bench import Bench, Scar
    from yakuba.town.forms._field import Field, File, Form

_WIDE = r"[^\x00-\x7F\x{FF61}-\x{FF9F}]"
"""A character of two bytes in CP932."""


class Sheet:
    """One file before it is bytes.

    Attributes:
        file: its description. frame: the cells as text, one column per column of the file.
        rows: number of the record (row of the group) in each line.
        scars: damage to whole lines, by line from 0.
    """

    def __init__(self, file: File, frame: pl.DataFrame, rows: pl.Series) -> None:
        self.file = file
        self.frame = frame
        self.rows = rows
        self.scars: dict[int, Scar] = {}
        self._lines: dict[int, int] | None = None

    def line(self, group: str, row: int) -> int | None:
        """Line (from 0, without the header) of a record of a group; None when it is not in this file."""
        if group != self.file.group:
            return None
        if self._lines is None:
            self._lines = {number: place for place, number in enumerate(self.rows.to_list())}
        return self._lines.get(row)

    def column(self, item: str) -> Field | None:
        """The column that shows an item of the records."""
        holding = [one for one in self.file.fields if item in one.encode.meta.root_names()]
        return min(holding, key=lambda one: (item not in one.back, not one.encode.meta.is_column()), default=None)

    def damage(self, bench: Bench) -> None:
        """Take over what the bench wrote past the form, and its scars."""
        for group, row, item, text in bench.written:
            line, column = self.line(group, row), self.column(item)
            if line is not None and column is not None:
                cells = self.frame[column.column].scatter(line, text)
                self.frame = self.frame.with_columns(cells)
        for scar in bench.scars:
            line = self.line(scar.group, scar.row)
            if line is not None:
                self.scars[line] = scar


def file_bytes(sheet: Sheet, form: Form, private: Mapping[str, str]) -> bytes:
    """The whole file. `private`: private-area character by the character it stands for."""
    frame = sheet.frame
    if private:
        longest_first = sorted(private, key=len, reverse=True)
        codes = [private[character] for character in longest_first]
        frame = frame.with_columns(pl.col(beyond_ascii(frame)).str.replace_many(longest_first, codes, leftmost=True))
    text = _fixed(frame, sheet.file, form) if form.format == "fixed" else _csv(frame, form)
    if sheet.scars:
        text = _scarred(text, sheet.scars, form)
    return _encoded(text, form.encoding)


def beyond_ascii(frame: pl.DataFrame) -> list[str]:
    """Columns that hold anything but ASCII; all dear work on text is kept to them."""
    cells = frame.select((pl.all().str.len_bytes() != pl.all().str.len_chars()).any())
    return [name for name, beyond in zip(cells.columns, cells.row(0), strict=True) if beyond]


def _csv(frame: pl.DataFrame, form: Form) -> str:
    buffer = io.BytesIO()
    frame.write_csv(buffer, include_header=form.header, quote_style="always", line_terminator=form.newline)
    return buffer.getvalue().decode("utf-8")


def _fixed(frame: pl.DataFrame, file: File, form: Form) -> str:
    """Records of fixed length: every cell padded with spaces to its bytes."""
    cells, longest = [], []
    texts = set(beyond_ascii(frame))
    for name, width in file.widths.items():
        wide = pl.col(name).str.count_matches(_WIDE).cast(pl.Int64) if name in texts else pl.lit(0)
        cells.append(pl.col(name).str.pad_end(width - wide).alias(name))
        longest.append((wide + pl.col(name).str.len_chars()).max().alias(name))
    for name, size in frame.select(longest).row(0, named=True).items() if frame.height else ():
        if size > file.widths[name]:
            raise CannotContinueError(f"{file.name}: {name} needs {size} bytes and has {file.widths[name]}")
    lines = frame.select(pl.concat_str(cells)).to_series().to_list()
    return "".join(f"{line}{form.newline}" for line in lines)


def _scarred(text: str, scars: Mapping[int, Scar], form: Form) -> str:
    first = 1 if form.header and form.format != "fixed" else 0
    lines = text.split(form.newline)
    for line, scar in scars.items():
        lines[line + first] = scar.change(lines[line + first])
    return form.newline.join(lines)


def _encoded(text: str, encoding: str) -> bytes:
    if BAD_BYTE not in text:
        return text.encode(encoding)
    if encoding == "utf-16":
        return b"\xff\xfe" + b"\x00\xd8".join(part.encode("utf-16-le") for part in text.split(BAD_BYTE))
    # In CP932 a byte FF would be read as a private-use character; a lead byte before a space is never right.
    wrong = b"\x81 " if encoding == "cp932" else b"\xff"
    return wrong.join(part.encode(encoding) for part in text.split(BAD_BYTE))
