"""Vectorised rules against plain Python that says the same in other words."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.jp import cn, in_
from tests.migration.checks.world import refused

from yakuba.characters.lengths import length
from yakuba.kernel.dates.calendar import DateKind, legal_date_kind

NUMBERS = "住民基本台帳/個人番号管理"
EMPLOYERS = "個人住民税/特別徴収義務者"
QUICK = settings(max_examples=40, deadline=None)

NEAR_DATES = st.one_of(
    st.dates().map(str),
    st.builds("{:04}-{:02}-{:02}".format, st.integers(0, 9999), st.integers(0, 14), st.integers(0, 33)),
    st.builds("{}/{}/{}".format, st.integers(1, 2100), st.integers(1, 13), st.integers(1, 32)),
    st.text(alphabet="0123456789-/年月日頃不詳 ０１", max_size=11),
    st.sampled_from(["", "0000-01-01", "9999-12-31", "昭和20年頃", "年月日不詳", "1990-00-00"]),
)
WORDS = ("不詳", "不明", "頃", "推定", "春", "夏", "秋", "冬", "旬", "間")


@QUICK
@given(st.lists(NEAR_DATES, min_size=1, max_size=20))
def test_every_date_has_one_answer(texts: list[str]) -> None:
    rows = [{"処理年月日": text} for text in texts]
    answers = {
        rule: {record for record, _ in refused(rule, rows)}
        for rule in ("date_form", "date_impossible", "unknown_date_words")
    }
    for record, text in enumerate(texts, 1):
        found = [rule for rule, records in answers.items() if record in records]
        assert found == _date_fault(text), text


def _date_fault(text: str) -> list[str]:
    if not text or legal_date_kind(text) not in (DateKind.IMPOSSIBLE, DateKind.MALFORMED):
        return []
    parts = text.split("-")
    if [len(part) for part in parts] == [4, 2, 2] and all(part.isascii() and part.isdigit() for part in parts):
        return ["date_impossible"]
    return ["unknown_date_words"] if any(word in text for word in WORDS) else ["date_form"]


CHARS = st.sampled_from([*"あア亜ＡａＺ１９　、A z~1!ｱｶﾞ｡々Ⅲ①㈱é×Ж", "葛\U000e0102", "𠮷", "か\u3099"])
TEXTS = st.lists(st.lists(CHARS, max_size=6).map("".join), min_size=1, max_size=20)


@QUICK
@given(TEXTS)
def test_width_classes(texts: list[str]) -> None:
    half = {place for place, text in enumerate(texts, 1) if any(_is_half(char) for char in text)}
    full = {place for place, text in enumerate(texts, 1) if any(not char.isascii() for char in text)}
    rows = [{"住所_方書": text, "操作者ID": text} for text in texts]
    found = refused("character_class", rows)
    assert {place for place, item in found if item == "住所_方書"} == half
    assert {place for place, item in found if item == "操作者ID"} == full


def _is_half(char: str) -> bool:
    return (
        unicodedata.east_asian_width(char) in ("Na", "H")
        and char.isprintable()
        and ord(char) not in range(0x80, 0x3000)
    )


@QUICK
@given(TEXTS)
def test_digits_are_what_a_person_counts(texts: list[str]) -> None:
    found = refused("digits_overflow", [{"性別表記": text} for text in texts])
    assert {place for place, _ in found} == {place for place, text in enumerate(texts, 1) if length(text) > 2}


@QUICK
@given(st.lists(st.from_regex("[0-9]{11,13}", fullmatch=True), min_size=1, max_size=20))
def test_check_digits_agree_with_stdnum(numbers: list[str]) -> None:
    kojin = {place for place, _ in refused("check_digit_kojin", [{"個人番号": text} for text in numbers], NUMBERS)}
    hojin = {place for place, _ in refused("check_digit_hojin", [{"法人番号": text} for text in numbers], EMPLOYERS)}
    for place, text in enumerate(numbers, 1):
        assert (place in kojin) == (not in_.is_valid(text) or text == "0" * 12)
        assert (place in hojin) == (not cn.is_valid(text))
