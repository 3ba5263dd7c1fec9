"""Known values must change nothing: a column seen through them is the column, and every answer is the plain one."""

from __future__ import annotations

from unittest import mock

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from yakuba.migration.mapping import known
from yakuba.migration.mapping.known import Answers, Known, Look

words = st.text("ab甲\u3000", max_size=2)
blocks = st.lists(st.lists(words, min_size=1, max_size=30), min_size=1, max_size=6)
QUESTIONS = {"empty": pl.col("x") == "", "甲": pl.col("x").str.contains("甲"), "never": pl.col("x") == "zz"}


def column(cells: list[str]) -> pl.Series:
    return pl.Series("x", cells, dtype=pl.String)


def convert(values: pl.Series) -> tuple[pl.Series, list[tuple[str, pl.Series]]]:
    """A step that doubles a text and cannot convert one with an a in it."""
    refused = values.str.contains("a")
    return values.zip_with(refused, values + values), [("double", refused)] if refused.any() else []


@settings(deadline=None)
@given(blocks)
def test_a_look_is_the_column(cells: list[list[str]]) -> None:
    memory = Known()
    for block in cells:
        look = memory.look(column(block))
        assert look is not None
        assert look.column().to_list() == block
    assert memory.values.n_unique() == memory.values.len()


@settings(deadline=None)
@given(blocks)
def test_values_that_share_every_slot_are_told_apart(cells: list[list[str]]) -> None:
    """Tables of one or two slots: nearly all values meet in them."""
    with mock.patch.multiple(known, _ROOM=0, _FEWEST_BITS=1):
        test_a_look_is_the_column.hypothesis.inner_test(cells)  # type: ignore[attr-defined]


@settings(deadline=None)
@given(blocks)
def test_answers_are_those_of_the_rows(cells: list[list[str]]) -> None:
    memory, asked = Known(), known.Asked()
    for block in cells:
        look = memory.look(column(block))
        assert look is not None
        found = Look(look.values, look.numbers, look.origin, asked).rows("x", QUESTIONS)
        plain = column(block).to_frame().select(**QUESTIONS)
        assert {word: mask.to_list() for word, mask in found.items()} == {
            word: plain[word].to_list() for word in QUESTIONS if plain[word].any()
        }


@settings(deadline=None)
@given(blocks)
def test_conversion_is_that_of_the_rows(cells: list[list[str]]) -> None:
    memory, answers = Known(), Answers(convert)
    for block in cells:
        look = memory.look(column(block))
        assert look is not None
        made, failed = answers.of(look)
        values, refused = convert(column(block))
        assert made.column().to_list() == values.to_list()
        assert [(word, mask.to_list()) for word, mask in failed] == [(word, mask.to_list()) for word, mask in refused]


def test_an_older_look_stays_what_it_was() -> None:
    memory, answers = Known(), Answers(convert)
    first = memory.look(column(["a", "b"]))
    assert first is not None
    memory.look(column(["甲", "ab"]))
    assert first.column().to_list() == ["a", "b"]
    assert answers.of(first)[0].column().to_list() == ["a", "bb"]


def test_answers_of_one_column_are_no_answers_of_another() -> None:
    answers = Answers(convert)
    for cells in (["b", ""], ["甲", "a"]):
        look = Known().look(column(cells))
        assert look is not None
        assert answers.of(look)[0].column().to_list() == convert(column(cells))[0].to_list()


def test_a_column_with_too_many_values_has_no_memory() -> None:
    memory = Known()
    with mock.patch.object(known, "MOST", 3):
        assert memory.look(column(["a", "b", "c"])) is not None
        assert memory.look(column(["d"])) is None
        assert memory.look(column(["a"])) is None


def test_a_block_of_mostly_new_values_ends_the_memory() -> None:
    numbers = [str(number) for number in range(20_000)]
    assert Known().look(column(numbers)) is None
    assert Known().look(column(numbers[:9_000] * 3)) is not None
