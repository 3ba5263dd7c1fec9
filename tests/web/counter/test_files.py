"""Output files: whatever a name or address holds, a spreadsheet shows it and does not run it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from yakuba.kernel.spreadsheet import as_csv, harmless
from yakuba.web.counter.files import as_excel, as_lines

HEADINGS = ("氏名", "住所")
_STARTS = tuple("=+-@\t\r\n＝＋－＠")
TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=20)


@pytest.mark.parametrize(
    "value", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", '=HYPERLINK("http://x","y")']
)
def test_a_formula_becomes_text(value: str) -> None:
    assert harmless(value) == f"'{value}"


@pytest.mark.parametrize("value", ["渡邉\U000e0119　美咲", "-5", "+3.5", "", "'quoted", "0012", "㈱見本", "－"])
def test_what_is_no_formula_stays_as_it_is(value: str) -> None:
    expected = f"'{value}" if value == "－" else value
    assert harmless(value) == expected


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
def test_csv_gives_every_value_back_and_starts_no_cell_with_a_formula(rows: list[tuple[str, str]]) -> None:
    text = as_csv(HEADINGS, rows).decode("utf-8-sig")
    back = list(csv.reader(io.StringIO(text, newline="")))
    assert back[0] == list(HEADINGS)
    for row, cells in zip(rows, back[1:], strict=True):
        assert [value.removeprefix("'") if value not in row else value for value in cells] == list(row)
        assert not any(
            value.startswith(_STARTS) and not value.lstrip("+-").replace(".", "").isdigit() for value in cells
        )


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
def test_a_workbook_holds_text_only(rows: list[tuple[str, str]]) -> None:
    sheet = load_workbook(io.BytesIO(as_excel(HEADINGS, rows))).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert all(cell.data_type == "s" for cell in cells)
    assert [str(cell.value) for cell in cells] == [value for row in rows for value in row if value]


def test_a_line_break_or_tab_does_not_break_the_clipboards_columns() -> None:
    lines = as_lines(HEADINGS, [("山田\t太郎", "中央\n一丁目"), ("=1+1", "")])
    assert [line.split("\t") for line in lines.split("\n")] == [
        list(HEADINGS),
        ["山田 太郎", "中央 一丁目"],
        ["'=1+1", ""],
    ]
