"""Digests: against a plain spelling-out in Python (oracle), and as properties."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakuba.migration.verification.digest import ColumnDigest, digest_blocks, digest_frame

TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
CELLS = st.lists(TEXT, max_size=12)


def column(cells: list[str]) -> pl.Series:
    return pl.Series("c", cells, dtype=pl.String())


def by_hand(cells: list[str]) -> str:
    values = hashlib.sha256("".join(cells).encode()).digest()
    lengths = hashlib.sha256(b"".join(len(cell.encode()).to_bytes(4, "little") for cell in cells)).digest()
    return hashlib.sha256(values + lengths + len(cells).to_bytes(8, "little")).hexdigest()


def digest(*blocks: list[str]) -> str:
    running = ColumnDigest()
    for cells in blocks:
        running.update(column(cells))
    return running.hexdigest()


@given(CELLS)
def test_it_is_what_the_module_says(cells: list[str]) -> None:
    assert digest(cells) == by_hand(cells)


@given(CELLS, CELLS, CELLS)
def test_it_does_not_depend_on_the_blocks(one: list[str], two: list[str], three: list[str]) -> None:
    assert digest(one, two, three) == digest(one + two + three)


@given(CELLS, CELLS)
def test_other_cells_give_another_digest(one: list[str], two: list[str]) -> None:
    assert (digest(one) == digest(two)) == (one == two)


def test_a_moved_border_is_seen() -> None:
    assert digest(["ab", "c"]) != digest(["a", "bc"])
    assert digest(["", "x"]) != digest(["x", ""])
    assert digest([""]) != digest([])


def test_a_variation_selector_is_seen() -> None:
    assert digest(["葛"]) != digest(["葛\U000e0100"])


def test_a_null_is_refused() -> None:
    with pytest.raises(ValueError, match="empty string"):
        ColumnDigest().update(pl.Series("c", ["a", None], dtype=pl.String()))


@given(st.lists(st.decimals(min_value=-(10**17), max_value=10**17, places=3, allow_nan=False), max_size=30))
def test_control_totals_are_exact(numbers: list[Decimal]) -> None:
    texts = [f"{number:f}" for number in numbers]
    (facts,) = digest_frame(column([*texts, "", "不明", "1e3", " 7"]).to_frame(), {"c"})
    assert Decimal(facts.total) == sum(int(number.scaleb(3)) for number in numbers) * Decimal("0.001")
    assert facts.unsummed == 3


def test_filled_cells_are_counted() -> None:
    frames = [pl.DataFrame({"a": ["x", ""], "b": ["", ""]}), pl.DataFrame({"a": ["y"], "b": ["z"]})]
    a, b = digest_blocks(["a", "b"], frames)
    assert (a.cells, a.filled, a.total, b.filled) == (3, 2, "", 1)
