"""A step that remembers gives, block after block, what its scalar gives cell by cell."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from yakuba.migration.mapping.vector import Memory

BLOCKS = st.lists(st.lists(st.sampled_from(["", *"abcdefgh"]), max_size=12), max_size=8)


def scalar(value: str) -> str | None:
    """Some values cannot be converted, and one is converted to nothing."""
    return None if value in "bd" and value else value.upper().replace("C", "")


@given(BLOCKS, st.integers(0, 9), st.booleans())
def test_blocks_are_converted_as_their_cells_are(blocks: list[list[str]], most: int, on_empty: bool) -> None:
    memory = Memory(scalar, on_empty=on_empty, most=most)
    for cells in blocks:
        values, failed = memory.convert(pl.Series("c", cells, dtype=pl.String))
        answers = [scalar(cell) if cell or on_empty else "" for cell in cells]
        assert values.to_list() == [cell if new is None else new for cell, new in zip(cells, answers, strict=True)]
        assert failed.to_list() == [new is None for new in answers]
        assert values.name == "c"


def test_a_value_is_asked_once_in_all_blocks() -> None:
    asked = []

    def counting(value: str) -> str | None:
        asked.append(value)
        return scalar(value)

    memory = Memory(counting, on_empty=False)
    for _ in range(3):
        memory.convert(pl.Series("c", ["a", "b", "", "a"]))
    assert sorted(asked) == ["a", "b"]
