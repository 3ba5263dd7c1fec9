"""Where a step can be turned round, going there and back is the same text; where it cannot, it says why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakuba.kernel.dates.eras import border_days
from yakuba.kernel.dates.forms import FORMS
from yakuba.kernel.discover import discover

if TYPE_CHECKING:
    from tests.migration.mapping.conftest import Prepared

    from yakuba.migration.mapping.step import Step

ERA_DIGITS = st.builds("{}{:02}{:02}{:02}".format, st.integers(1, 5), *[st.integers(0, n) for n in (99, 13, 32)])
WESTERN = st.builds("{:04}{:02}{:02}".format, st.integers(0, 9999), st.integers(0, 13), st.integers(0, 32))

TURNED: list[tuple[str, Any, st.SearchStrategy[str]]] = [
    ("codes", "sex", st.sampled_from(["M", "F", "X", ""])),
    ("codes", "with_empty", st.sampled_from(["M", "F", ""])),
    ("codes", "swapped", st.sampled_from(["0", "1", ""])),
    ("prefix", "99", st.text()),
    ("prefix", "$", st.text("$0\n")),
    ("suffix", "村", st.text()),
    ("suffix", "村", st.text("村町")),
    ("number", {"digits": 3}, st.from_regex(r"[+-]?[0-9]{2,4}", fullmatch=True)),
    ("number", {"digits": 3, "point": 2}, st.from_regex(r"[+-]?[0-9]{3}", fullmatch=True)),
    ("number", {"digits": 2, "point": 4}, st.from_regex(r"-?[0-9]{2}", fullmatch=True)),
    ("date", {"form": "era7", "empty": "0000000"}, ERA_DIGITS | st.sampled_from(["", "0000000", "       "])),
    ("date", {"form": "era7", "empty": "", "end": "9999999"}, ERA_DIGITS | st.sampled_from(["", "9999999"])),
    ("date", {"form": "era8", "empty": "00000000"}, ERA_DIGITS.map(lambda text: "0" + text)),
    (
        "date",
        {"form": "era_letter_digits", "empty": ""},
        st.from_regex(r"[MTSHRX][0-9]{2}[01][0-9][0-3][0-9]", fullmatch=True),
    ),
    (
        "date",
        {"form": "era_letter_dots", "empty": ""},
        st.from_regex(r"[MTSHR][0-9]{1,2}\.[01]?[0-9]\.[0-3]?[0-9]", fullmatch=True),
    ),
    (
        "date",
        {"form": "era_kanji_plain", "empty": "なし"},
        st.from_regex(r"(明治|大正|昭和|平成|令和)(元|[0-9]{1,2})年[01]?[0-9]月[0-3]?[0-9]日|なし", fullmatch=True),
    ),
    (
        "date",
        {"form": "yyyymmdd", "empty": "00000000", "end": "99999999"},
        WESTERN | st.sampled_from(["99999999", "99991231"]),
    ),
    ("date", {"form": "yyyymmdd", "empty": "00000000", "end": ""}, WESTERN | st.sampled_from(["99999999", "99991231"])),
    (
        "date",
        {"form": "slash_padded", "empty": ""},
        st.from_regex(r"[0-2][0-9]{3}/[01]?[0-9]/[0-3]?[0-9]", fullmatch=True),
    ),
    (
        "date",
        {"form": "iso", "empty": "0000-00-00", "end": ""},
        st.from_regex(r"[0-2][0-9]{3}-[01][0-9]-[0-3][0-9]", fullmatch=True),
    ),
]

NOT_TURNED: list[tuple[str, Any, str]] = [
    ("codes", "merged", "'11' and '12' become '20'"),
    ("codes", "merged", "予備領域"),
    ("codes", "sex_or_unknown", '"*"'),
    ("codes", "emptied", "'' and '0' become ''"),
    ("slice", [0, 2], "rest"),
    ("split", {"by": "　", "take": 0}, "other parts"),
    ("join", "　", "joined"),
    ("constant", "1", "nothing"),
    ("default", "0", "'0'"),
    ("pad", 2, "'0'"),
    ("strip", "both", "spaces"),
    ("width", "half", "width"),
    ("number", True, "digits"),
    ("when", {"in": ["1"], "else": ""}, "''"),
    ("lookup", {"source": "juki", "key": "NO", "take": "NAME"}, "several records"),
    ("replace", {"甲": "乙"}, "before"),
    ("fushobi", "flag", "known date"),
    ("date", "era7", "empty"),
    ("date", {"form": "era7", "past_era": True, "empty": ""}, "past_era"),
    ("date", {"form": "era_letter", "empty": ""}, "era_letter_digits"),
    ("date", {"form": "era_kanji", "empty": ""}, "era_kanji_plain"),
    ("date", {"form": "slash", "empty": ""}, "slash_padded"),
    ("date", {"form": "auto", "empty": ""}, "iso"),
]


def undone(step: Step) -> Step:
    assert not isinstance(step.inverse, str), step.inverse
    return step.inverse()


def run(step: Step, value: str) -> str | None:
    return step.scalar(value) if value or step.on_empty else ""


def ambiguous(word: str, argument: Any, new: str) -> bool:
    """Days that two old texts mean: the inverse must not guess."""
    if word != "date":
        return False
    return (argument["form"].startswith("era") and new in border_days()) or (
        new == "9999-12-31" and "end" not in argument
    )


@pytest.mark.parametrize(("word", "argument", "values"), TURNED)
@given(data=st.data())
def test_there_and_back(
    prepared: Prepared, word: str, argument: Any, values: st.SearchStrategy[str], data: st.DataObject
) -> None:
    step = prepared(word, argument)
    old = data.draw(values)
    new = run(step, old)
    if new is not None:
        back = run(undone(step), new)
        assert back == (None if ambiguous(word, argument, new) else old)


@pytest.mark.parametrize(("word", "argument", "values"), TURNED)
@given(data=st.data())
def test_the_inverse_of_the_inverse_is_the_step(
    prepared: Prepared, word: str, argument: Any, values: st.SearchStrategy[str], data: st.DataObject
) -> None:
    step = prepared(word, argument)
    old = data.draw(values)
    assert run(undone(undone(step)), old) == run(step, old)


@pytest.mark.parametrize("new", ["", "1912-07-30", "1926-12-25", "9999-12-31", "1868-01-01", "2200-01-01", "甲"])
def test_an_inverse_does_not_guess(prepared: Prepared, new: str) -> None:
    back = undone(prepared("date", {"form": "era7", "empty": "0000000"}))
    assert run(back, new) == ("0000000" if new == "" else None)


@pytest.mark.parametrize(
    ("word", "argument", "new"),
    [
        ("prefix", "99", "1"),
        ("prefix", "99", "99"),
        ("suffix", "村", "町"),
        ("codes", "sex", "3"),
        ("number", {"digits": 3}, "1234"),
        ("number", {"digits": 3}, "甲"),
        ("number", {"digits": 3, "point": 1}, "5"),
    ],
)
def test_an_inverse_refuses_what_the_step_never_gives(prepared: Prepared, word: str, argument: Any, new: str) -> None:
    assert run(undone(prepared(word, argument)), new) is None


@pytest.mark.parametrize(("word", "argument", "says"), NOT_TURNED)
def test_a_reason_is_a_sentence(prepared: Prepared, word: str, argument: Any, says: str) -> None:
    reason = prepared(word, argument).inverse
    assert isinstance(reason, str)
    assert says in reason


def test_every_step_is_turned_or_says_why_not() -> None:
    told = {word for word, _, _ in TURNED} | {word for word, _, _ in NOT_TURNED}
    assert told == set(discover("yakuba.migration.mapping.steps"))


def test_every_exact_spelling_is_turned() -> None:
    turned = {argument["form"] for word, argument, _ in TURNED if word == "date"}
    assert turned == {name for name, form in FORMS.items() if form.write}
