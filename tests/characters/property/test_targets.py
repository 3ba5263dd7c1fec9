"""Oracle: the definition. What is converted is in the target or on the list; an inverse gives the original back."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yakuba.characters import convert, repertoire, tables
from yakuba.characters.lengths import perceived_characters
from yakuba.characters.walk import replaced

JUKI = sorted(tables.form_by_juki())
FORMS = sorted(set(tables.form_by_name().values()))
NAMED = sorted(tables.name_by_form())
KANA = "アイか　ーぁＡ1（－～〜"
PLACES = {
    "jis0213": repertoire.jis0213(),
    "cp932": repertoire.windows(),
    "unicode": repertoire.UNICODE,
}
juki_names = st.lists(st.sampled_from(JUKI), max_size=6).map("".join)
mj_names = st.lists(st.sampled_from(FORMS) | st.sampled_from(KANA), max_size=6).map("".join)
whatever = st.characters(codec="utf-8")  # half of a surrogate pair is refused: no text at all
any_names = st.lists(st.sampled_from(NAMED) | st.sampled_from(KANA) | whatever, max_size=6).map("".join)


@given(st.lists(juki_names, max_size=6))
def test_juki_text_comes_back_from_mj(names: list[str]) -> None:
    there = convert(pl.Series(names, dtype=pl.String), source="juki")
    back = convert(there.values, source="mj", target="juki")
    assert back.values.to_list() == names
    assert back.unresolved.is_empty()
    assert there.told_back().all()


def test_all_19563_juki_characters_come_back_at_once() -> None:
    there = convert(JUKI, source="juki")
    assert convert(there.values, source="mj", target="juki").values.to_list() == JUKI
    assert there.told_back().sum() == 19_563


@pytest.mark.parametrize("target", PLACES)
@settings(max_examples=60)
@given(names=st.lists(any_names, min_size=1, max_size=5))
def test_what_stands_in_the_result_is_in_the_target_or_on_the_list(target: str, names: list[str]) -> None:
    made = convert(names, source="unicode", target=target)  # type: ignore[arg-type]
    open_ = set(made.characters.filter(pl.col("state") != "decided")["result"])
    for value in made.values:
        for char in perceived_characters(value) or [value]:
            listed = char in open_ or any(part in open_ for part in char)
            assert PLACES[target].holds(char) or listed, (char, target)


@pytest.mark.parametrize("target", PLACES)
@settings(max_examples=60)
@given(names=st.lists(mj_names, min_size=1, max_size=5))
def test_the_list_explains_every_difference_and_a_second_time_changes_nothing(target: str, names: list[str]) -> None:
    made = convert(names, source="mj", target=target)  # type: ignore[arg-type]
    decided = made.characters.filter(pl.col("state") == "decided")
    assert decided["ground"].str.len_chars().min() != 0
    by_hand = replaced(made.given, dict(zip(decided["text"], decided["result"], strict=True)))
    assert made.values.to_list() == by_hand.to_list()
    again = convert(made.values, source="mj", target=target)  # type: ignore[arg-type]
    assert not again.changed.any()


@settings(max_examples=60)
@given(st.lists(mj_names, min_size=1, max_size=5))
def test_a_value_is_told_back_only_if_the_list_gives_it_back(names: list[str]) -> None:
    made = convert(names, source="mj", target="jis0213")
    decided = made.characters.filter(pl.col("state") == "decided")
    sources: dict[str, set[str]] = {}
    for text, result in zip(decided["text"], decided["result"], strict=True):
        sources.setdefault(result, set()).add(text)
    for name, value, back in zip(names, made.values, made.told_back(), strict=True):
        if any(len(sources.get(char, ())) > 1 for char in value) and name != value:
            continue  # two became one: whether this one is told back depends on which was met
        if back:
            undone = "".join(next(iter(sources.get(char, {char}))) for char in perceived_characters(value))
            assert undone == name
