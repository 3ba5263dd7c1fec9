from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from yakuba.characters.lengths import length, perceived_characters

TEXT = st.text("甲葛𠮷\U000e0100\U000e01ef\ufe00\u3099a\n")


def test_a_selector_belongs_to_the_character_before_it() -> None:
    assert perceived_characters("葛\U000e0100城\n𠮷") == ["葛\U000e0100", "城", "\n", "𠮷"]


def test_a_selector_at_the_beginning_goes_to_the_first_character() -> None:
    assert perceived_characters("\U000e0100葛城") == ["\U000e0100葛", "城"]
    assert perceived_characters("\U000e0100") == []


@given(TEXT)
def test_nothing_is_lost_and_the_count_is_right(text: str) -> None:
    found = perceived_characters(text)
    assert len(found) == length(text)
    assert "".join(found) == (text if found else "")
