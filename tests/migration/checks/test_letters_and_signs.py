"""Rules about letters: lookalikes, brackets, lone dots, what spreadsheets and testers leave behind.

Oracle: Unicode (radicals), the error words of spreadsheets; else our own guess.
"""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.migration.checks.world import RESIDENTS, Row, found, refused

HEALTH, EMPLOYER, CAR = "国民健康保険/資格情報", "個人住民税/特別徴収義務者", "軽自動車税/車両台帳"

GOOD: list[tuple[str, str, Row]] = [
    ("spreadsheet_error", HEALTH, {"世帯番号": "5000000010", "番号": ""}),
    ("spreadsheet_error", RESIDENTS, {"住所_方書": "＃１０１"}),
    ("spreadsheet_error", CAR, {"型式": "E-ABC12", "車台番号": "1.5E-12"}),
    ("letter_lookalike", RESIDENTS, {"氏名": "高橋　花子", "住所_方書": "コーポα"}),
    ("letter_lookalike", RESIDENTS, {"氏名": "髙橋　\U00020b9f子", "氏名_外国人ローマ字": "ＡＬＩ"}),
    ("bracket_open", RESIDENTS, {"氏名": "見本　太郎（旧　見本）", "住所_方書": "見本荘「東」"}),
    ("bracket_open", RESIDENTS, {"性別表記": "（"}),
    ("lost_sign", RESIDENTS, {"氏名": "ジョン・スミス"}),
    ("lost_sign", RESIDENTS, {"氏名": "迪麗・木拉提"}),
    ("test_data", EMPLOYER, {"事業所名称": "テストー工業株式会社"}),
    ("test_data", EMPLOYER, {"事業所名称": "株式会社日本テストセンター"}),
]

BAD: list[tuple[str, str, Row, str]] = [
    ("spreadsheet_error", HEALTH, {"世帯番号": "#N/A"}, "世帯番号"),
    ("spreadsheet_error", HEALTH, {"番号": "#REF!"}, "番号"),
    ("spreadsheet_error", HEALTH, {"番号": "1.00E+09"}, "番号"),
    ("spreadsheet_error", RESIDENTS, {"住所_方書": "＃ＶＡＬＵＥ！"}, "住所_方書"),
    ("spreadsheet_error", RESIDENTS, {"住所_方書": "########"}, "住所_方書"),
    ("letter_lookalike", RESIDENTS, {"氏名": "⾼橋　花子"}, "氏名"),
    ("letter_lookalike", RESIDENTS, {"住所_町字": "⼤町"}, "住所_町字"),
    ("letter_lookalike", RESIDENTS, {"氏名": "Аｌｉ"}, "氏名"),
    ("letter_lookalike", RESIDENTS, {"氏名": "ΑＬＩ"}, "氏名"),
    ("bracket_open", RESIDENTS, {"氏名": "見本　太郎（旧"}, "氏名"),
    ("bracket_open", RESIDENTS, {"住所_方書": "見本荘東棟）"}, "住所_方書"),
    ("lost_sign", RESIDENTS, {"氏名": "・田　太郎"}, "氏名"),
    ("lost_sign", RESIDENTS, {"氏名": "山・　太郎"}, "氏名"),
    ("lost_sign", RESIDENTS, {"氏名": "山…　太郎"}, "氏名"),
    ("test_data", EMPLOYER, {"事業所名称": "テスト株式会社"}, "事業所名称"),
    ("test_data", EMPLOYER, {"事業所名称": "株式会社　テスト用"}, "事業所名称"),
]


@pytest.mark.parametrize(("rule", "name", "row"), GOOD)
def test_legal_texts_pass(rule: str, name: str, row: Row) -> None:
    assert refused(rule, [row], name) == set()


@pytest.mark.parametrize(("rule", "name", "row", "item"), BAD)
def test_wrong_texts_are_named(rule: str, name: str, row: Row, item: str) -> None:
    assert refused(rule, [row], name) == {(1, item)}


@given(st.integers(0x2F00, 0x2FD5))
def test_every_radical_of_the_dictionary_is_proposed_as_its_ideograph(code: int) -> None:
    said = found("letter_lookalike", [{"氏名": f"山{chr(code)}"}])
    assert said["proposal"].to_list() == ["山" + unicodedata.normalize("NFKC", chr(code))]


def test_a_foreign_letter_has_no_proposal() -> None:
    assert found("letter_lookalike", [{"氏名": "Аｌｉ"}])["proposal"].to_list() == [None]
