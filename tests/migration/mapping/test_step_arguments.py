from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from yakuba.kernel.discover import discover
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from tests.migration.mapping.conftest import Prepared

WRONG: list[tuple[str, Any, str]] = [
    ("codes", "nowhere", "sex_or_unknown"),
    ("codes", 1, "no code table 1"),
    ("codes", ["sex"], "no code table"),
    ("date", "era9", "era7"),
    ("date", {"form": "iso", "ende": "x"}, "ende"),
    ("date", {"empty": "0"}, "form"),
    ("date", {"form": "iso", "past_era": "yes"}, "past_era"),
    ("date", {"form": "iso", "empty": 0}, "empty"),
    ("slice", 2, "[0, 2]"),
    ("slice", [2, 2], "[0, 2]"),
    ("slice", [-1, 2], "[0, 2]"),
    ("slice", ["0", 2], "[0, 2]"),
    ("slice", [0, 1, 2], "[0, 2]"),
    ("slice", [False, True], "[0, 2]"),
    ("split", "　", "take is missing"),
    ("split", {"by": "", "take": 0}, "empty separator"),
    ("split", {"by": [], "take": 0}, "by = []"),
    ("split", {"by": [1], "take": 0}, "by = [1]"),
    ("split", {"by": "-", "take": "first"}, "'first'"),
    ("split", {"by": "-", "take": 2, "parts": 2}, "take = 2 of 2"),
    ("split", {"by": "-", "take": 0, "parts": 1}, "parts = 1"),
    ("split", {"by": "-", "take": True}, "take = True"),
    ("join", 1, "no text"),
    ("constant", 990019, 'constant = "…"'),
    ("default", 0, 'default = "…"'),
    ("pad", "2", "width = '2'"),
    ("pad", {"with": "0"}, "width is missing"),
    ("pad", {"width": 2, "with": "00"}, "'00'"),
    ("strip", "middle", "both, left, right"),
    ("strip", True, "no text"),
    ("width", "wide", "half, full"),
    ("width", {"to": "half", "only": ["hiragana"]}, "hiragana"),
    ("number", False, "point"),
    ("number", {"point": -1}, "point = -1"),
    ("number", {"digits": 0}, "digits = 0"),
    ("number", {"decimals": 1}, "decimals"),
    ("when", {"in": ["1"]}, "else"),
    ("when", ["1"], "else"),
    ("when", {"in": [], "else": ""}, "in = []"),
    ("lookup", "juki", "key is missing"),
    ("lookup", {"source": "juki", "key": "NO"}, "take is missing"),
    ("lookup", {"source": "zei", "key": "NO", "take": "NAME"}, "zei.NO"),
    ("replace", {}, "no table"),
    ("replace", "甲", "no table"),
    ("replace", {"": "甲"}, "no table"),
    ("replace", {"甲": 1}, "no text"),
    ("fushobi", "date", "flag, text"),
    ("fushobi", True, "no text"),
    ("prefix", "", "nothing to add"),
    ("prefix", 9, "no text"),
    ("suffix", "", "nothing to add"),
    ("suffix", 9, "no text"),
]


@pytest.mark.parametrize(("word", "argument", "says"), WRONG)
def test_a_wrong_argument_is_one_line_with_a_remedy(prepared: Prepared, word: str, argument: Any, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        prepared(word, argument)
    line = str(caught.value)
    assert says in line
    assert caught.value.remedy
    assert "\n" not in line


def test_every_step_refuses_something() -> None:
    assert {word for word, _, _ in WRONG} == set(discover("yakuba.migration.mapping.steps"))
