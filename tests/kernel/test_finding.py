from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakuba.kernel.finding import SECRET_ITEMS, Finding, Severity, finding_id, is_secret, masked


def finding(**changes: str | int) -> Finding:
    facts: dict[str, str | int] = {
        "code": "required",
        "file": "a.csv",
        "line": 3,
        "column": "NAME",
        "item": "氏名",
        "value": "",
        "hint_ja": "入れる",
        "hint_en": "fill it",
    }
    return Finding(severity=Severity.ERROR, **{**facts, **changes})  # type: ignore[arg-type]


def test_severities_are_heaviest_first_and_have_the_words_of_the_documents() -> None:
    assert [severity.japanese for severity in Severity] == ["停止", "要修正", "警告", "参考"]


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, "a.csv:3:NAME: error required 氏名 — fill it"),
        ({"value": "甲"}, "a.csv:3:NAME: error required 氏名 甲 — fill it"),
        ({"line": 0, "column": ""}, "a.csv: error required 氏名 — fill it"),
        ({"column": "", "item": ""}, "a.csv:3: error required — fill it"),
    ],
)
def test_one_line(changes: dict[str, str | int], line: str) -> None:
    assert finding(**changes).one_line() == line


def test_as_dict_gives_every_field_back() -> None:
    facts = finding().as_dict()
    assert Finding(**facts) == finding()  # type: ignore[arg-type]
    assert facts["severity"] == "error"


@pytest.mark.parametrize("item", ["個人番号", "世帯主_個人番号", "住民票コード", "基礎年金番号2", "個人番号（変更前）"])
def test_secret_items_show_their_length_only(item: str) -> None:
    assert is_secret(item)
    assert masked(item, "621498320257") == "*" * 12


@given(st.text(min_size=1), st.sampled_from(SECRET_ITEMS), st.text())
def test_a_mask_holds_nothing_of_the_value(value: str, secret: str, around: str) -> None:
    assert set(masked(around + secret, value)) == {"*"}


@pytest.mark.parametrize("item", ["氏名", "宛名番号", "個人", "法人番号", ""])
def test_other_items_are_shown(item: str) -> None:
    assert masked(item, "甲") == "甲"


@given(st.lists(st.text()), st.lists(st.text()))
def test_ids_differ_whenever_the_parts_do(one: list[str], other: list[str]) -> None:
    assert (finding_id(*one) == finding_id(*other)) == (one == other)


def test_an_id_is_the_same_for_ever() -> None:
    assert finding_id("required", "宛名番号|1", "") == finding_id("required", "宛名番号|1", "")
    assert len(finding_id()) == 16
    assert finding_id("a,b", "c") != finding_id("a", "b,c")
    assert finding_id("\ud800") != finding_id("\ud801")
