"""Texts of rows ⇄ columns of cells."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from yakuba.kernel.errors import UsageError
from yakuba.layouts.csv_text import csv_text
from yakuba.vault.tables.records import BOM, split

if TYPE_CHECKING:
    from collections.abc import Sequence

_REMEDY = "UTF-8 の CSV を出力し直してください write the file again as UTF-8 CSV"


def parsed(texts: pl.Series, columns: Sequence[str], where: str) -> pl.DataFrame:
    """Cells of rows, text and never null.

    Args:
        texts: of `records.split`. where: the file, for messages.

    Raises:
        UsageError: a record has another number of cells.
    """
    if len(columns) == 1 and not texts.str.contains('"', literal=True).any():
        return texts.alias(columns[0]).to_frame()
    lines = io.BytesIO()
    texts.to_frame().write_csv(lines, include_header=False, quote_style="never")
    data = lines.getvalue()
    plain = b'"' not in data
    frame = None
    if not plain or _commas(data) == len(texts) * (len(columns) - 1):
        frame = _cells(data, columns)
    if frame is None or not (plain or rendered(frame, columns).equals(texts, check_names=False)):
        problem = f"{where}: 見出しと数の合わない行があります a record has another number of cells"
        raise UsageError(problem, remedy=_REMEDY)
    assert frame.height == len(texts)
    return frame


def some_cells(texts: pl.Series, columns: Sequence[str], wanted: Sequence[str], where: str) -> pl.DataFrame:
    """Some columns of rows that are in the table's form, as `split` gives them; those that it lacks are left out.

    Raises:
        UsageError: a record has more cells than the header.
    """
    there = [place for place, name in enumerate(columns) if name in set(wanted)]
    if not there:
        return pl.DataFrame()
    if len(columns) == 1:
        return parsed(texts, columns, where)
    lines = io.BytesIO()
    texts.to_frame().write_csv(lines, include_header=False, quote_style="never")
    frame = _cells(lines.getvalue(), columns, there)
    return parsed(texts, columns, where) if frame is None else frame


def _cells(data: bytes, columns: Sequence[str], wanted: list[int] | None = None) -> pl.DataFrame | None:
    """Columns of some records, all or those at some places; None when one has more cells than the header."""
    schema = dict.fromkeys(columns, pl.String())
    if not data:
        return pl.DataFrame(schema=schema)
    data = BOM + data if data.startswith(BOM) else data
    try:
        return pl.read_csv(data, has_header=False, schema=schema, columns=wanted, empty_string_is_null=False)
    except (pl.exceptions.ComputeError, pl.exceptions.SchemaError):
        return None


def rendered(frame: pl.DataFrame, columns: Sequence[str]) -> pl.Series:
    """Texts of rows: the inverse of `parsed`. A column that the frame lacks is empty."""
    return split(csv_text(frame, columns), columns, "")


def _commas(data: bytes) -> int:
    return int(np.count_nonzero(np.frombuffer(data, np.uint8) == ord(",")))
