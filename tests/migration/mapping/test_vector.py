"""Oracle of a column: the scalar, cell by cell."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakuba.migration.mapping.step import Step
from yakuba.migration.mapping.vector import apply_step

if TYPE_CHECKING:
    from tests.migration.mapping.conftest import Prepared

BY_ENGINE: list[tuple[str, Any]] = [
    ("slice", [0, 2]),
    ("slice", [1, 3]),
    ("join", "$1　"),
    ("constant", "$1"),
    ("default", "0"),
    ("pad", {"width": 4, "with": "*"}),
    ("strip", "both"),
    ("strip", "left"),
    ("strip", "right"),
    ("width", "half"),
    ("width", "full"),
    ("width", {"to": "full", "only": ["kana", "digits"]}),
    ("when", {"in": ["1", "甲"], "else": "$0"}),
    ("when", {"in": ["!", "1", ""], "else": ""}),
    ("replace", {"a": "$1", "ab": "", "　": "a", "葛": "\\"}),
    ("prefix", "$1"),
    ("suffix", "\0"),
]
BY_VALUE: list[tuple[str, Any]] = [
    ("codes", "with_empty"),
    ("split", {"by": ["　", " "], "take": 1}),
    ("number", True),
    ("lookup", {"source": "juki", "key": "NO", "take": "NAME"}),
    ("date", "auto"),
    ("fushobi", "flag"),
]
CELLS = st.lists(
    st.text("甲葛\U000e0100\ufe00𠮷\u3099 　ab1$\\\0１Ａガｶﾞﾟヷ\n") | st.sampled_from(["M", "S64.1.7", "1", "-01"])
)


def by_cell(cells: list[str], step: Step) -> tuple[list[str], list[bool]]:
    new = [step.scalar(cell) if cell or step.on_empty else "" for cell in cells]
    return [cell if each is None else each for cell, each in zip(cells, new, strict=True)], [x is None for x in new]


@pytest.mark.parametrize(("word", "argument"), BY_ENGINE + BY_VALUE)
@given(cells=CELLS)
def test_a_column_is_converted_as_its_cells_are(prepared: Prepared, word: str, argument: Any, cells: list[str]) -> None:
    step = prepared(word, argument)
    values, failed = apply_step(pl.Series("c", cells, dtype=pl.String), step)
    assert (values.to_list(), failed.to_list()) == by_cell(cells, step)
    assert values.name == "c"
    assert values.dtype == pl.String
    assert failed.dtype == pl.Boolean


def test_the_lists_above_say_who_does_the_work(prepared: Prepared) -> None:
    assert all(prepared(word, argument).expr is not None for word, argument in BY_ENGINE)
    assert all(prepared(word, argument).expr is None for word, argument in BY_VALUE)


def test_a_value_is_converted_once_however_often_it_stands() -> None:
    asked = []

    def scalar(value: str) -> str | None:
        asked.append(value)
        return None if value == "b" else value * 2

    values, failed = apply_step(pl.Series("c", ["a", "b", "", "a"] * 50), Step(scalar, "test"))
    assert sorted(asked) == ["a", "b"]
    assert values.to_list() == ["aa", "b", "", "aa"] * 50
    assert failed.to_list() == [False, True, False, False] * 50


def test_two_million_dates_take_a_blink(prepared: Prepared) -> None:
    days = [f"3{year:02}{month:02}{day:02}" for year in range(2, 64) for month in range(1, 13) for day in range(1, 29)]
    column = pl.Series("c", days * (2_000_000 // len(days)))
    start = time.perf_counter()
    values, failed = apply_step(column, prepared("date", "era7"))
    took = time.perf_counter() - start
    assert values.n_unique() == len(days)
    assert not failed.any()
    start = time.perf_counter()
    column.n_unique()
    assert took < 20 * (time.perf_counter() - start) + 1
