"""Cleansing: what each rule changes, and what no rule may ever do."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.migration.checks.world import RESIDENTS, context, corrected, frame, group

from yakuba.kernel.dates.wareki import Wareki
from yakuba.migration.contracts import RECORD
from yakuba.migration.ruling import correct, fixes

if TYPE_CHECKING:
    import polars as pl

TAX = "個人住民税/賦課情報"

# rule, group, item, value, expected
CORRECTIONS = [
    ("half_width_digits", RESIDENTS, "住所_郵便番号", "１２３４５６７", "1234567"),
    ("half_width_digits", RESIDENTS, "生年月日", "２０２０－０１－０５", "2020-01-05"),
    ("half_width_digits", TAX, "年税額", "－１２３", "-123"),
    ("half_width_digits", RESIDENTS, "住所_番地号表記", "１番２号", "１番２号"),
    ("full_width_kana", RESIDENTS, "氏名_フリガナ", "ﾏﾁﾀﾞ　ﾊﾅｺ", "マチダ　ハナコ"),
    ("full_width_kana", RESIDENTS, "住所_方書", "ﾊﾟﾚｽ葛\U000e0102ｰA", "パレス葛\U000e0102ーA"),
    ("full_width_text", RESIDENTS, "住所_方書", "コーポ山田101 A棟", "コーポ山田１０１　Ａ棟"),
    ("full_width_text", RESIDENTS, "住所_郵便番号", "1234567", "1234567"),
    ("trailing_space", RESIDENTS, "氏名", "　佐藤　一郎 　", "佐藤　一郎"),
    ("trailing_space", RESIDENTS, "住所_方書", "　　", ""),
    ("lost_zero", RESIDENTS, "続柄コード1", "2", "02"),
    ("lost_zero", RESIDENTS, "続柄コード1", "3", "3"),
    ("lost_zero", RESIDENTS, "続柄コード1", "", ""),
    ("lost_zero", RESIDENTS, "転入前住所_市区町村コード", "11002", "011002"),
    ("lost_zero", RESIDENTS, "転入前住所_市区町村コード", "11003", "11003"),
    ("lost_zero", RESIDENTS, "住所_町字コード", "1000", "0001000"),
    ("lost_zero", RESIDENTS, "住所_町字コード", "9000", "9000"),
    ("lost_zero", RESIDENTS, "住所_郵便番号", "600000", "0600000"),
    ("lost_zero", RESIDENTS, "宛名番号", "123", "123"),
    ("date_separator", RESIDENTS, "処理年月日", "2020/1/5", "2020-01-05"),
    ("date_separator", RESIDENTS, "処理年月日", "20200105", "2020-01-05"),
    ("date_separator", RESIDENTS, "処理年月日", "2020年1月5日", "2020-01-05"),
    ("date_separator", RESIDENTS, "処理年月日", "20230229", "2023-02-29"),
    ("date_separator", RESIDENTS, "処理年月日", "20231301", "20231301"),
    ("date_separator", RESIDENTS, "生年月日", "1990/2/29", "1990-02-29"),
    ("date_separator", RESIDENTS, "生年月日", "1990/2/32", "1990/2/32"),
    ("date_separator", RESIDENTS, "生年月日", "昭和２０年頃", "昭和２０年頃"),
    ("era_rollover", RESIDENTS, "処理年月日", "H31.05.01", "2019-05-01"),
    ("era_rollover", RESIDENTS, "処理年月日", "4310501", "2019-05-01"),
    ("era_rollover", RESIDENTS, "処理年月日", "平成31年5月1日", "2019-05-01"),
    ("era_rollover", RESIDENTS, "処理年月日", "昭和64年1月8日", "1989-01-08"),
    ("era_rollover", RESIDENTS, "処理年月日", "昭和64年1月7日", "昭和64年1月7日"),
    ("era_rollover", RESIDENTS, "処理年月日", "平成31年6月31日", "平成31年6月31日"),
    ("era_rollover", RESIDENTS, "処理年月日", "平成40年1月1日", "平成40年1月1日"),
    ("era_rollover", RESIDENTS, "処理年月日", "2020-01-05", "2020-01-05"),
    ("postal_hyphen", RESIDENTS, "住所_郵便番号", "〒100-0014", "1000014"),
    ("postal_hyphen", RESIDENTS, "住所_郵便番号", "１００－００１４", "1000014"),
    ("postal_hyphen", RESIDENTS, "住所_郵便番号", "10-00014", "10-00014"),
    ("name_space", RESIDENTS, "氏名", "佐藤 一郎", "佐藤　一郎"),
    ("name_space", RESIDENTS, "氏名", "佐藤　　一郎", "佐藤　一郎"),
    ("name_space", RESIDENTS, "氏名", "佐藤一郎", "佐藤一郎"),
    ("name_space", RESIDENTS, "住所_方書", "ハイツ １０１", "ハイツ １０１"),
]


@pytest.mark.parametrize(("rule", "name", "item", "value", "expected"), CORRECTIONS)
def test_what_a_rule_makes_of_a_value(rule: str, name: str, item: str, value: str, expected: str) -> None:
    after, record = corrected(rule, [{item: value}], name)
    assert after[item].to_list() == [expected]
    changed = [(rule, item, value, expected)] if value != expected else []
    assert record.select("rule", "item", "before", "after").rows() == changed


PIECES = [
    *"0123456789０１２３４５６７８９ 　-－/.年月日平成昭和HSｶﾞﾊﾟｱｰ｡ガあ田邉髙𠮷々〓AａＺ、・",
    "葛\U000e0102", "葛\U000e0100", "神\ufa19", "か\u3099", "なし", "不明", "2020/1/5", "20200229", "平成31年5月1日",
    "S64.1.8", "4310501", "１００－００１４", "〒100-0014", "02", "000", "\n", "\ue0a3",
]  # fmt: skip
CELL = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
ITEMS = [
    "氏名",
    "氏名_フリガナ",
    "住所_方書",
    "住所_郵便番号",
    "住所_市区町村コード",
    "続柄コード1",
    "処理年月日",
    "生年月日",
    "記載順位",
]
RULES = sorted(fixes())


def _all_rules(
    rows: list[dict[str, str]], names: list[str], name: str = RESIDENTS
) -> tuple[pl.DataFrame, pl.DataFrame]:
    return correct(frame(rows, name), group(name), name, "juki", context(), {rule: fixes()[rule] for rule in names})


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=15, deadline=None)
@given(cells=st.lists(CELL, min_size=1, max_size=12))
def test_twice_is_once(rule: str, cells: list[str]) -> None:
    once, _ = corrected(rule, [dict.fromkeys(ITEMS, cell) for cell in cells])
    again, record = correct(once, group(), RESIDENTS, "juki", context(), {rule: fixes()[rule]})
    assert again.equals(once)
    assert record.is_empty()


@settings(max_examples=15, deadline=None)
@given(cells=st.lists(CELL, min_size=1, max_size=8), order=st.permutations(RULES))
def test_the_record_takes_every_change_back(cells: list[str], order: list[str]) -> None:
    rows = [dict.fromkeys(ITEMS, cell) for cell in cells]
    before = frame(rows)
    after, record = _all_rules(rows, order)
    values = {item: after[item].to_list() for item in ITEMS}
    for row in reversed(record.rows(named=True)):
        place = row[RECORD] - 1
        assert values[row["item"]][place] == row["after"]
        values[row["item"]][place] = row["before"]
    assert values == {item: before[item].to_list() for item in ITEMS}


@settings(max_examples=20, deadline=None)
@given(cells=st.lists(CELL, min_size=1, max_size=8), order=st.permutations(RULES))
def test_no_rule_touches_the_kanji_of_a_name(cells: list[str], order: list[str]) -> None:
    after, _ = _all_rules([{"氏名": cell} for cell in cells], order)
    for old, new in zip(cells, after["氏名"], strict=True):
        assert [char for char in old if _is_letter_of_a_name(char)] == [
            char for char in new if _is_letter_of_a_name(char)
        ]


def _is_letter_of_a_name(char: str) -> bool:
    """Everything but spaces and what has a half- and a full-width form."""
    return char not in " 　、。「」゛゜・" and unicodedata.east_asian_width(char) != "H" and not _other_width(char)


def _other_width(char: str) -> bool:
    return 0x21 <= ord(char) <= 0x7E or 0xFF01 <= ord(char) <= 0xFF5E or 0x3099 <= ord(char) <= 0x30FF


@settings(max_examples=20, deadline=None)
@given(
    amount=st.integers(-(10**12), 10**12),
    full=st.booleans(),
    padding=st.sampled_from(["", " ", "　"]),
    order=st.permutations(RULES),
)
def test_no_rule_changes_an_amount(amount: int, full: bool, padding: str, order: list[str]) -> None:
    text = str(amount).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)}) if full else str(amount)
    after, _ = _all_rules([{"年税額": padding + text}], order, TAX)
    assert int(unicodedata.normalize("NFKC", after["年税額"][0])) == amount


@settings(max_examples=20, deadline=None)
@given(
    # Before the year 1000 a day without separators has seven digits, and seven digits are an era date.
    day=st.dates(min_value=date(1000, 1, 1)),
    form=st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日"]),
    order=st.permutations(RULES),
)
def test_no_rule_changes_the_day_of_a_decision(day: object, form: str, order: list[str]) -> None:
    text = f"{day:{form}}"
    after, _ = _all_rules([{"賦課決定年月日": text}], order, TAX)
    digits = re.sub("[^0-9]", "", after["賦課決定年月日"][0])
    assert int(digits) == int(re.sub("[^0-9]", "", text))


@settings(max_examples=30, deadline=None)
@given(day=st.dates(min_value=date(1900, 1, 1), max_value=date(2035, 12, 31)))
def test_a_day_inside_its_era_is_left_to_the_mapping(day: object) -> None:
    written = Wareki.from_iso(str(day))
    assert written is not None
    after, record = corrected("era_rollover", [{"処理年月日": written.text()}])
    assert after["処理年月日"].to_list() == [written.text()]
    assert record.is_empty()


def test_rules_run_in_the_order_declared() -> None:
    rows = [{"住所_郵便番号": "１００－００１４　"}]
    first, record = _all_rules(rows, ["trailing_space", "postal_hyphen"])
    second, _ = _all_rules(rows, ["postal_hyphen", "trailing_space"])
    assert first["住所_郵便番号"].to_list() == ["1000014"]
    assert second["住所_郵便番号"].to_list() == ["１００－００１４"]
    assert record["rule"].to_list() == ["trailing_space", "postal_hyphen"]


def test_items_that_the_project_does_not_fill_are_left_alone() -> None:
    block = frame([{"氏名": "佐藤 一郎"}]).select("#record", "#file", "#line", "氏名")
    after, record = correct(block, group(), RESIDENTS, "juki", context(), fixes())
    assert after.columns == block.columns
    assert record["after"].to_list() == ["佐藤　一郎"]
