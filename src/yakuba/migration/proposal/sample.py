"""What the start of one file tells: its form, encoding, columns, and a table of its first records."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.errors import CannotContinueError
from yakuba.migration.contracts import Column, SourceSpec
from yakuba.migration.intake.batch import Limits
from yakuba.migration.intake.columns import numbered
from yakuba.migration.intake.encodings import BOMS, encoding
from yakuba.migration.intake.forms import csv as delimited_form
from yakuba.migration.intake.forms import excel as excel_form
from yakuba.migration.intake.forms import fixed as fixed_form
from yakuba.migration.intake.task import Task
from yakuba.migration.proposal.charset import guess_encoding
from yakuba.migration.proposal.header import guess_header
from yakuba.migration.proposal.shape import Delimited, guess_delimited, guess_widths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.migration.intake.batch import Batch
    from yakuba.migration.intake.files import InputFile, Readable

SAMPLE = 8 << 20
"""Bytes looked at from the start of each file."""
_FIRST = 200
_KEPT = 50_000
_TEXT = 1 << 20
_BINARY, _FEW_CONTROLS = 0.02, 64
_EXCEL = b"PK\x03\x04"
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 26, 27})


@dataclass(frozen=True, slots=True)
class Seen:
    """One file.

    Attributes:
        spec: proposed settings; `name` and `files` are filled in later.
        table: first records. whole: they are all of them. rejected: records of the sample that cannot be read.
        reasons: setting → why. doubts: what does not fit.
        ascii_only: no other letters were seen, so the encoding is open.
    """

    file: InputFile
    spec: SourceSpec
    table: pl.DataFrame
    whole: bool
    rejected: int
    reasons: dict[str, str]
    doubts: tuple[str, ...]
    ascii_only: bool = False


def see(file: InputFile) -> Seen | str:
    """Look at one file; a text says why it is no data."""
    try:
        with file.open() as (stream, _):
            head, whole = _head(stream, SAMPLE if not file.label.lower().endswith(".xlsx") else 1 << 40)
    except CannotContinueError as error:
        return error.message.removeprefix(f"{file.label}: ")
    if not head:
        return "the file is empty (0 bytes)"
    if head.startswith(_EXCEL):
        return _excel(file, head)
    if head.translate(None, _CONTROLS + b"\0") and _is_binary(head):
        return "no text and no Excel workbook"
    return _text(file, head, whole=whole)


def _head(stream: Readable, size: int) -> tuple[bytes, bool]:
    parts: list[bytes] = []
    left = size
    while left > 0 and (data := stream.read(min(left, 1 << 20))):
        parts.append(data)
        left -= len(data)
    return b"".join(parts), left > 0


def _is_binary(head: bytes) -> bool:
    controls = len(head) - len(head.translate(None, _CONTROLS))
    wide = head.count(0) > controls // 2 and any(head.startswith(mark) for mark in BOMS)
    return controls > max(_FEW_CONTROLS, _BINARY * len(head)) and not wide and not _is_utf16(head)


def _is_utf16(head: bytes) -> bool:
    """Text of two-byte characters: the zeros stand on one side only."""
    even, odd = head[0:_TEXT:2].count(0), head[1:_TEXT:2].count(0)
    return max(even, odd) > 10 * min(even, odd) and max(even, odd) > 0


def _excel(file: InputFile, head: bytes) -> Seen | str:
    spec = SourceSpec("", (), format="excel", header=False)
    try:
        first = _table(excel_form.read(io.BytesIO(head), Task(file.label, spec, None, Path())), _FIRST)[0]
        header = guess_header([list(row) for row in first.rows()])
        spec = replace(spec, header=header.value)
        table, rejected, whole = _table(excel_form.read(io.BytesIO(head), Task(file.label, spec, None, Path())))
    except CannotContinueError as error:
        return error.message.removeprefix(f"{file.label}: ")
    spec = replace(spec, columns=tuple(Column(name) for name in table.columns))
    merged = (
        ("cells are joined in the workbook; only the first of joined cells has the value",) if _merged(head) else ()
    )
    reasons = {"format": "an Excel workbook, first sheet", "header": header.reason}
    return Seen(file, spec, table, whole, rejected, reasons, (*header.doubts, *merged))


def _merged(head: bytes) -> bool:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(head)) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        return any(b"<mergeCell " in book.read(name) for name in sheets)


def _text(file: InputFile, head: bytes, *, whole: bool) -> Seen | str:
    charset = guess_encoding(head if whole else head[: head.rfind(b"\n") + 1] or head)
    kind = encoding(charset.value)
    head = head if whole else _whole_lines(head, kind.unit)
    mark = next((bom for bom in BOMS if head.startswith(bom)), b"")
    text = head[len(mark) : _TEXT].decode(kind.codec, "replace")
    spec = SourceSpec("", (), encoding=charset.value)
    reasons = {"encoding": charset.reason}
    way = guess_delimited(text)
    widths = guess_widths(head[len(mark) :], kind, file.bytes - len(mark)) if way is None else None
    doubts = [*charset.doubts, *(way.doubts if way else ())]
    if widths is not None:
        columns = tuple(Column(f"列{place}", width) for place, width in enumerate(widths.value, 1))
        spec = replace(spec, format="fixed", header=False, columns=columns)
        reasons["format"] = f"{widths.reason}; no delimiter fits"
        doubts.append("where columns begin and end is a guess from spaces and kinds of characters; check the widths")
        return _finish(file, spec, head, reasons, doubts, whole=whole)
    if way is None:
        doubts.append("no delimiter and no fixed width was found: each line is taken as one column")
        found = Delimited("\t", "", 1, 1, 0, quoted=False)
    else:
        found = way.value
    suffix = PurePosixPath(file.label.lower().removesuffix(".gz")).suffix
    tabs = found.delimiter == "\t" and suffix == ".tsv"
    spec = replace(spec, format="tsv" if tabs else "csv", delimiter=found.delimiter, quote=found.quote, header=False)
    reasons["format"] = way.reason if way else "one text column"
    first = _table(delimited_form.read(io.BytesIO(head), _task(file, spec, found.fields)), _FIRST)[0]
    header = guess_header([list(row) for row in first.rows()])
    reasons["header"] = header.reason
    doubts.extend(header.doubts)
    spec = replace(spec, header=header.value, columns=() if header.value else _numbered(found.fields))
    return _finish(file, spec, head, reasons, doubts, whole=whole)


def _numbered(count: int) -> tuple[Column, ...]:
    return tuple(Column(name) for name in numbered(count))


def _task(file: InputFile, spec: SourceSpec, fields: int) -> Task:
    columns = spec.columns if spec.header or spec.columns else _numbered(fields)
    return Task(file.label, replace(spec, columns=columns), None, Path(), Limits(SAMPLE, SAMPLE))


def _whole_lines(head: bytes, unit: int) -> bytes:
    end = head.rfind(b"\n" if unit == 1 else b"\n\0")
    return head[: end + unit] if end > 0 else head


def _finish(
    file: InputFile, spec: SourceSpec, head: bytes, reasons: dict[str, str], doubts: list[str], *, whole: bool
) -> Seen | str:
    form = fixed_form if spec.format == "fixed" else delimited_form
    try:
        table, rejected, _ = _table(form.read(io.BytesIO(head), _task(file, spec, len(spec.columns))))
    except CannotContinueError as error:
        return error.message.removeprefix(f"{file.label}: ")
    if not spec.columns:
        spec = replace(spec, columns=tuple(Column(name) for name in table.columns))
    if rejected > (not whole):  # the cut may have gone through the last record
        doubts.append(f"{rejected:,} records of the sample cannot be read and will be handed back")
    return Seen(file, spec, table, whole, rejected, reasons, tuple(dict.fromkeys(doubts)), head.isascii())


def _table(batches: Iterator[Batch], most: int = 0) -> tuple[pl.DataFrame, int, bool]:
    """Records, number of unreadable ones, and whether that is all."""
    frames, rejected = [], 0
    for batch in batches if not most else islice(batches, 2):
        frames.append(batch.frame)
        rejected += len(batch.rejects)
    table = pl.concat(frames)
    return table.head(most or _KEPT), rejected, True
