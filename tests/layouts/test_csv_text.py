"""CSV text of a block, against Python's csv module (another implementation)."""

from __future__ import annotations

import csv
import io

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from yakuba.layouts.csv_text import csv_text, header

ITEMS = ("甲", "乙", "丙", "丁", "戊")
CELL = st.text(st.sampled_from('aあ\U00020b9f\U000e0100,"\n\r 1'), max_size=4)
FILLED = st.sets(st.sampled_from(ITEMS), min_size=1)


@given(FILLED, st.lists(st.lists(CELL, min_size=5, max_size=5), max_size=6))
def test_the_csv_module_reads_the_same_cells(filled: set[str], cells: list[list[str]]) -> None:
    there = [item for item in ITEMS if item in filled]
    rows = [dict(zip(ITEMS, line, strict=True)) for line in cells]
    frame = pl.DataFrame(
        [[row[item] for item in there] for row in rows], schema=dict.fromkeys(there, pl.String), orient="row"
    )
    read = list(csv.reader(io.StringIO(csv_text(frame, ITEMS).decode(), newline="")))
    assert read == [[row[item] if item in filled else "" for item in ITEMS] for row in rows]


def test_an_empty_cell_is_nothing_and_an_item_without_column_too() -> None:
    frame = pl.DataFrame({"乙": ["x", ""], "丁": ["", "y"]})
    assert csv_text(frame, ITEMS) == b",x,,,\n,,,y,\n"
    assert csv_text(pl.DataFrame({"甲": ["a"], "戊": ["b"]}), ITEMS) == b"a,,,,b\n"


def test_one_cell_that_needs_quotes_changes_no_other_line() -> None:
    frame = pl.DataFrame({"甲": ["a", "b,c"], "丙": ["", "d"]})
    assert csv_text(frame, ITEMS) == b'a,,,,\n"b,c",,d,,\n'


def test_the_header_names_all_items() -> None:
    assert header(ITEMS).decode() == "甲,乙,丙,丁,戊\n"
