"""Excel: what a clerk sees in the cells."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

import openpyxl
import pytest

from yakuba.kernel.errors import CannotContinueError

if TYPE_CHECKING:
    from tests.migration.intake.conftest import Bench


def workbook(rows: list[list[object]], formats: dict[str, str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "住民"
    for row in rows:
        sheet.append(row)
    for place, form in (formats or {}).items():
        sheet[place].number_format = form
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_values_as_text(bench: Bench) -> None:
    row: list[object] = ["甲野󠄀", 5, 5.0, 0.1, dt.date(1990, 2, 28), dt.datetime(2020, 1, 2, 3, 4, 5), True, 123, "007"]  # noqa: DTZ001
    head: list[object] = list("ABCDEFGHI")
    bench.put("a.xlsx", workbook([head, row], {"H2": "00000"}))
    out = bench.stage("a.xlsx", format="excel")
    assert out.rows == [("甲野󠄀", "5", "5", "0.1", "1990-02-28", "2020-01-02 03:04:05", "TRUE", "00123", "007")]
    assert out.lines == [2]


def test_empty_rows_and_cells(bench: Bench) -> None:
    bench.put("a.xlsx", workbook([["A", "B"], ["1", None], [None, None], [None, "2"], ["1", "2", "3"], [None]]))
    out = bench.stage("a.xlsx", format="excel")
    assert out.rows == [("1", ""), ("", "2")]
    assert out.lines == [2, 4]
    assert [(line, code) for line, code, _ in out.rejects] == [(5, "record_fields")]
    assert out.rejects[0][2] == b'["1", "2", "3"]'


def test_sheets_by_name(bench: Bench) -> None:
    bench.put("a.xlsx", workbook([["A"], ["1"]]))
    assert bench.stage("a.xlsx", format="excel", sheet="住民").rows == [("1",)]
    with pytest.raises(CannotContinueError, match=r"a\.xlsx: no sheet 税 → it has 住民"):
        bench.stage("a.xlsx", format="excel", sheet="税")


def test_without_header(bench: Bench) -> None:
    bench.put("a.xlsx", workbook([["x", 1], ["y", 2]]))
    out = bench.stage("a.xlsx", format="excel", header=False)
    assert out.staged.columns == ("列1", "列2")
    assert out.rows == [("x", "1"), ("y", "2")]


@pytest.mark.parametrize("data", [b"A,B\n1,2\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04broken"])
def test_what_is_no_workbook_stops(bench: Bench, data: bytes) -> None:
    bench.put("a.xlsx", data)
    with pytest.raises(CannotContinueError, match=r"a\.xlsx: "):
        bench.stage("a.xlsx", format="excel")


def test_an_empty_sheet(bench: Bench) -> None:
    bench.put("a.xlsx", workbook([]))
    with pytest.raises(CannotContinueError, match=r"a\.xlsx: the sheet is empty"):
        bench.stage("a.xlsx", format="excel")
