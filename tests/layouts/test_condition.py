"""条件. Oracle: the same condition evaluated in plain Python, row by row; positions counted by hand."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakuba.kernel.errors import UsageError
from yakuba.layouts.condition import Both, Comparison, Condition, expression, names, parse

ITEMS = ("住民種別", "氏名", "本籍_地番号または、街区符号", "転出年月日（確定）")
VALUES = ("", "1", "2", "なし", "不明", "甲野　太郎")

tests = st.builds(
    Comparison,
    st.sampled_from(ITEMS),
    st.lists(st.sampled_from(VALUES), min_size=1, max_size=3, unique=True).map(tuple),
    st.just(value=False),
) | st.builds(
    Comparison,
    st.sampled_from(ITEMS),
    st.sampled_from(VALUES).map(lambda value: (value,)),
    st.just(value=True),
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    tests,
    lambda inner: st.builds(Both, st.lists(inner, min_size=2, max_size=3).map(tuple), st.booleans()),
    max_leaves=6,
)
rows = st.fixed_dictionaries({item: st.none() | st.sampled_from(VALUES) for item in ITEMS})


def holds(condition: Condition, row: dict[str, str | None]) -> bool:
    if isinstance(condition, Comparison):
        return ((row[condition.item] or "") in condition.values) is not condition.negated
    results = [holds(part, row) for part in condition.parts]
    return all(results) if condition.every else any(results)


def written(condition: Condition) -> str:
    if isinstance(condition, Comparison):
        values = [f"「{value}」" if "　" in value else value or "空" for value in condition.values]
        if len(values) > 1:
            return f"{condition.item} ∈ {{{', '.join(values)}}}"
        return f"{condition.item} {'≠' if condition.negated else '='} {values[0]}"
    word = " かつ " if condition.every else " または "
    return word.join(f"({written(part)})" for part in condition.parts)


@given(conditions, st.lists(rows, min_size=1, max_size=5))
def test_expression_agrees_with_plain_python(condition: Condition, table: list[dict[str, str | None]]) -> None:
    frame = pl.DataFrame(table, schema=dict.fromkeys(ITEMS, pl.String()))
    found = frame.select(expression(parse(written(condition), ITEMS)).alias("found"))["found"]
    assert found.to_list() == [holds(condition, row) for row in table]


@given(conditions)
def test_what_is_written_is_read_again(condition: Condition) -> None:
    assert parse(written(condition), ITEMS) == condition
    assert names(condition) <= set(ITEMS)


def test_and_binds_before_or() -> None:
    found = parse("氏名 = 空 または 氏名 = 1 かつ 住民種別 = 2", ITEMS)
    assert isinstance(found, Both)
    assert not found.every
    assert found.parts[0] == Comparison("氏名", ("",), negated=False)


@pytest.mark.parametrize(
    ("text", "position", "why"),
    [
        ("", 1, "an item name is missing"),
        ("氏 = 1", 1, "no item of this group"),
        ("氏名 1", 4, "=, ≠ or ∈ is missing"),
        ("氏名 =", 5, "a value is missing"),
        ("氏名 = 1 かつ", 10, "an item name is missing"),
        ("氏名 ∈ 1", 6, "a list {a, b} is missing"),
        ("氏名 ∈ {1, 2", 11, "} is missing"),
        ("(氏名 = 1", 8, ") is missing"),
        ("氏名 = 1 氏名 = 2", 8, "is not expected here"),
        ("氏名 = 「甲野", 6, "a 「 without 」"),
    ],
)
def test_a_bad_condition_is_refused_with_its_position(text: str, position: int, why: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse(text, ITEMS)
    assert f"position {position}: " in refused.value.message
    assert why in refused.value.message
