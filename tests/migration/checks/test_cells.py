"""Every cell rule: values it must let pass and values it must refuse, item by item."""

from __future__ import annotations

import pytest
from tests.migration.checks.world import RESIDENTS, TOWN, found, refused

TAX = "個人住民税/賦課情報"
SEAL = "印鑑登録/印鑑登録原票"
NUMBERS = "住民基本台帳/個人番号管理"
EMPLOYERS = "個人住民税/特別徴収義務者"
PROTECTION = "住民基本台帳/支援措置"
OUTSIDERS = "住登外者宛名番号管理/住登外者宛名基本情報"

IVS = "葛\U000e0102城　太郎"
SUPPLEMENT = "𠮷田　花子"

# rule, group, item, passes, refused
VALUES = [
    ("not_a_number", TAX, "年税額", ["", "0", "116500", "-100"],
     ["１２３", "1,200", "12.5", "0116500", "-", "なし", " 5", "+5"]),
    ("not_a_number", TAX, "扶養人数_一般", ["", "2"], ["-1", "二"]),
    ("not_a_number", SEAL, "印影_横寸法", ["", "0.5", "12.5"], ["12", "12.", ".5", "1.2.3", "-1.5"]),
    ("bad_time", RESIDENTS, "操作時刻", ["", "00:00", "23:59:59"], ["24:00", "9:05", "12:60", "120000", "１２:００"]),
    ("character_class", RESIDENTS, "住所_方書", ["", "ハイツ１０１", IVS, SUPPLEMENT, "なし", "Ⅲ号棟",
     "コーポ・アサヒ"], ["ﾊｲﾂ101", "ハイツ101", "A棟", "ハイツ １０１"]),
    ("character_class", RESIDENTS, "住所_郵便番号", ["", "9990001", "999-0001"], ["９９９０００１", "なし"]),
    ("character_class", RESIDENTS, "性別", ["", "1", "x"], ["１", "男"]),
    ("control_character", RESIDENTS, "住所_方書", ["", "ハイツ１０１", IVS],
     ["ハイツ\n１０１", "ハイツ\t", "\ufeffハイツ", "ハイ\u200bツ", "\x85"]),
    ("control_character", RESIDENTS, "操作者ID", ["", "a 1"], ["a\x00", "a\r"]),
    ("digits_overflow", RESIDENTS, "続柄表記", ["", "子" * 30, "葛\U000e0102" * 30],
     ["子" * 31, "葛\U000e0102" * 31]),
    ("digits_overflow", RESIDENTS, "住民票コード", ["1" * 11], ["1" * 12]),
    ("digits_overflow", TAX, "年税額", ["1" * 13, "-" + "1" * 13], ["1" * 14, "-" + "1" * 14]),
    ("digits_overflow", SEAL, "印影_横寸法", ["123.4", "1"], ["1234.5", "12.34", "1234"]),
    ("digits_overflow", RESIDENTS, "生年月日", ["昭和六十四年一月七日頃のこと"], []),
    ("code_unknown", RESIDENTS, "性別", ["", "0", "1", "2"], ["3", "１", "01", " "]),
    ("code_unknown", RESIDENTS, "続柄コード1", ["", "02", "99"], ["2", "100"]),
    ("required_missing", RESIDENTS, "生年月日", ["1990-02-29", "不明", "なし"], [""]),
    ("required_missing", RESIDENTS, "宛名番号", ["", "1"], []),
    ("required_missing", RESIDENTS, "氏名", ["", "佐藤　一郎"], []),
    ("required_missing", RESIDENTS, "性別", [""], []),
    ("key_empty", RESIDENTS, "宛名番号", ["1", "旧-0001"], [""]),
    ("key_empty", RESIDENTS, "氏名", [""], []),
    ("date_form", RESIDENTS, "異動年月日", ["", "2020-02-29", "9999-12-31", "0000-01-01", "2023-02-30"],
     ["20200101", "2020/1/5", "H02.01.05", "00000000", "２０２０-01-01", "2020-1-5", "2020- 1- 5", " 2020-01-01",
     "2020-01-01 "]),
    ("date_form", RESIDENTS, "生年月日", ["昭和２０年頃", "年月日不詳", "1990-02-29"], ["昭和20年1月1日"]),
    ("date_form", TAX, "年度", ["", "2025", "0000", "9999"], ["R7", "２０２５", "25"]),
    ("date_impossible", RESIDENTS, "処理年月日", ["", "2024-02-29", "9999-12-31", "0000-01-01", "20230230"],
     ["2023-02-29", "2023-04-31", "2023-13-01", "2023-00-10", "0000-02-01"]),
    ("date_impossible", RESIDENTS, "生年月日", ["1990-02-29", "1990-00-00", "1990-05-00", "1990-99-99"],
     ["1990-13-01", "1990-02-32"]),
    ("date_future", RESIDENTS, "生年月日", ["", "2026-11-20", "1900-01-01", "平成99年"],
     ["2026-11-21", "2062-04-01"]),
    ("date_future", RESIDENTS, "転出予定年月日", ["2027-03-31"], []),
    ("date_future", RESIDENTS, "在留期間の満了の日", ["2030-03-31"], []),
    ("unknown_date_words", RESIDENTS, "生年月日", ["", "1990-01-01", "昭和20年1月1日"],
     ["昭和２０年頃", "年月日不詳", "推定昭和20年1月", "昭和20年春", "不明"]),
    ("private_use", RESIDENTS, "氏名", ["", IVS, SUPPLEMENT], ["\ue0a3辺　太郎", "\U000f0001"]),
    ("juki_unconverted", RESIDENTS, "氏名", ["佐々木　太郎"], ["佐\uad1d木　太郎"]),
    ("mojibake", RESIDENTS, "氏名", ["佐藤　太郎", "マリア・アナ", IVS], ["譁\uff6d怜喧縺\uff91", "å±±ç”°"]),
    ("replacement_character", RESIDENTS, "氏名", ["山田　太郎"], ["山\ufffd太郎"]),
    ("geta", RESIDENTS, "氏名", ["山田　太郎"], ["〓辺　太郎"]),
    ("aj1_sequence", RESIDENTS, "氏名", ["葛城　太郎", IVS], ["葛\U000e0100城　太郎"]),
    ("kana_class", RESIDENTS, "氏名_フリガナ", ["", "サトウ　イチロー", "なし", "不明", "ジョン・スミス", "ﾏﾁﾀﾞ"],
     ["さとう　いちろう", "佐藤"]),
    ("check_digit_kojin", NUMBERS, "個人番号", ["", "621498320257", "123456789018"],
     ["123456789012", "62149832025", "0" * 12, "６２１４９８３２０２５７"]),
    ("check_digit_hojin", EMPLOYERS, "法人番号", ["", "5835678256246"], ["1234567890123", "583567825624"]),
    ("check_digit_dantai", RESIDENTS, "住所_市区町村コード", ["", TOWN, "131016", "011002"],
     ["131015", "13101", "11002"]),
    ("resident_date_order", RESIDENTS, "住所を定めた年月日", ["", "1995-04-01", "2000-01-01", "不明"],
     ["1990-01-01"]),
    ("test_data", RESIDENTS, "氏名", ["佐藤　一郎", "ＴＥＳＴＡ　ＭＡＲＩＯ", "手須戸　太郎"],
     ["テスト　太郎", "テスト１　花子", "ＴＥＳＴ"]),
    ("retention_over", RESIDENTS, "消除の異動年月日", ["", "1876-11-20", "2020-01-01"], ["1876-11-19", "1870-01-01"]),
    ("text_overflow", RESIDENTS, "氏名", ["葛\U000e0102" * 40], ["字" * 41]),
    ("text_overflow", RESIDENTS, "住所_方書", ["字" * 80], ["字" * 81]),
    ("municipality_unknown", RESIDENTS, "転入前住所_市区町村コード", ["", TOWN, "131016", "990027", "131015"],
     ["139998"]),
    ("postal_code", RESIDENTS, "転入前住所_郵便番号", ["", "0600000"],
     ["060-0000", "60000", "０６００００００", "不明"]),
    ("relation_chain", RESIDENTS, "続柄表記", ["", "世帯主", "妻", "子の子の子の子", "妻（未届）の子",
     "子（子の夫）", "縁故者", "同居人"], ["孫", "子の子の子の子の子", "長男", "同居人の子", "母のの妹",
     "なし"]),
]  # fmt: skip

LOST, READ = {"年金資格喪失年月日"}, {"氏_日本人_フリガナ"}
SAME = {"氏名": "甲　一", "世帯主氏名": "甲 一"}
OTHERS = {"氏名": "甲　一", "世帯主氏名": "乙　二"}
HONCHO = {"住所_市区町村コード": TOWN, "住所_町字コード": "0001000"}
BASE = {"住民となった年月日": "1995-04-01"}


@pytest.mark.parametrize(
    ("rule", "name", "item", "passes", "wrong"), VALUES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_good_and_bad_values(rule: str, name: str, item: str, passes: list[str], wrong: list[str]) -> None:
    base = BASE if name == RESIDENTS else {}
    rows = [{**base, item: value} for value in (*passes, *wrong)]
    hit = {record for record, where in refused(rule, rows, name) if where == item}
    assert [rows[record - 1][item] for record in sorted(hit)] == wrong


@pytest.mark.parametrize(
    ("rule", "row", "items"),
    [
        ("conditional_missing", {"住民種別": "1", **BASE, "本籍": "なし", "戸籍_筆頭者": "不明"}, set()),
        ("conditional_missing", {"住民種別": "1"}, {"住民となった年月日", "本籍", "戸籍_筆頭者"}),
        ("conditional_missing", {"住民種別": "2"}, {"外国人住民となった年月日", "国籍名等", "第30条45規定区分"}),
        ("date_future", {"異動年月日": "2027-01-01"}, {"異動年月日"}),
        ("date_future", {"異動年月日": "2027-01-01", "転出予定年月日": "2027-01-01"}, set()),
        ("date_future", {"異動年月日": "2027-01-01", "異動事由": "21"}, set()),
        ("date_future", {"消除の異動年月日": "2027-01-01", "消除の事由": "23"}, {"消除の異動年月日"}),
        ("date_order", {"年金資格取得年月日": "2020-04-01", "年金資格喪失年月日": "2019-04-01"}, LOST),
        ("date_order", {"年金資格取得年月日": "2020-04-01", "年金資格喪失年月日": "2020-04-01"}, set()),
        ("date_order", {"年金資格取得年月日": "2020-04-01", "年金資格喪失年月日": ""}, set()),
        ("date_order", {"年金資格取得年月日": "2020-04-01", "年金資格喪失年月日": "9999-12-31"}, set()),
        ("date_order", {"生年月日": "2000-01-01", "消除の異動年月日": "1999-12-31"}, {"消除の異動年月日"}),
        ("date_order", {"生年月日": "2000-02-30", "消除の異動年月日": "1999-12-31"}, set()),
        ("date_order", {"生年月日": "2000-01-01", "生年月日_不詳フラグ": "1", "消除の異動年月日": "1999-12-31"}, set()),
        ("date_order", {"生年月日": "2000-01-01", "異動年月日": "2000-01-01"}, set()),
        ("removed_but_live", {"住民状態": "2"}, {"消除の異動年月日"}),
        ("removed_but_live", {"住民状態": "2", "消除の異動年月日": "2020-01-01"}, set()),
        ("removed_but_live", {"住民状態": "3", "消除の異動年月日_不詳フラグ": "1"}, set()),
        ("removed_but_live", {"住民状態": "1", "最新フラグ": "1", "消除の異動年月日": "2020-01-01"}, {"住民状態"}),
        ("removed_but_live", {"住民状態": "1", "最新フラグ": "0", "消除の異動年月日": "2020-01-01"}, set()),
        ("removed_but_live", {"住民状態": "1", "最新フラグ": "1", "消除の異動年月日": "2027-01-01"}, set()),
        ("removed_but_live", {"住民状態": "1", "除票フラグ": "1"}, {"除票フラグ"}),
        ("removed_but_live", {"住民状態": ""}, set()),
        ("head_relation", {"続柄コード1": "02", "続柄表記": "世帯主", **SAME}, set()),
        ("head_relation", {"続柄コード1": "02", "続柄表記": "妻"}, {"続柄コード1"}),
        ("head_relation", {"続柄コード1": "12", "続柄表記": "世帯主"}, {"続柄コード1"}),
        ("head_relation", {"続柄コード1": "02", "住民種別": "1", **OTHERS}, {"世帯主氏名"}),
        ("head_relation", {"続柄コード1": "02", "住民種別": "2", **OTHERS}, set()),
        ("municipality_unknown", {"住所_市区町村コード": "131016", "住所_都道府県": "東京都"}, set()),
        ("municipality_unknown", {"住所_市区町村コード": "131016", "住所_都道府県": "大阪府"}, {"住所_都道府県"}),
        ("postal_code", {**HONCHO, "住所_町字": "本町", "住所_郵便番号": "0990001"}, set()),
        ("postal_code", {**HONCHO, "住所_町字": "東町", "住所_郵便番号": "9990002"}, {"住所_町字", "住所_郵便番号"}),
        ("postal_code", {"住所_市区町村コード": TOWN, "住所_町字コード": "0009000"}, {"住所_町字コード"}),
        ("postal_code", {"住所_市区町村コード": TOWN, "住所_町字コード": "9999999", "住所_町字": "新町"}, set()),
        ("postal_code", {"住所_市区町村コード": "131016", "住所_町字コード": "0009000"}, set()),
        ("kana_kanji", {"住民種別": "1", "氏_日本人": "町田", "氏_日本人_フリガナ": "マチダ"}, set()),
        ("kana_kanji", {"住民種別": "1", "氏_日本人": "佐藤", "氏_日本人_フリガナ": "ヤマモト"}, READ),
        ("kana_kanji", {"住民種別": "1", "氏名": "佐藤　明", "氏名_フリガナ": "ヤマモト　アキラ"}, {"氏名_フリガナ"}),
        ("kana_kanji", {"住民種別": "2", "氏_日本人": "佐藤", "氏_日本人_フリガナ": "ヤマモト"}, set()),
        ("kana_kanji", {"住民種別": "1", "氏_日本人": "葛\U000e0102城", "氏_日本人_フリガナ": ""}, set()),
    ],
)  # fmt: skip
def test_rules_over_one_row(rule: str, row: dict[str, str], items: set[str]) -> None:
    assert {item for _, item in refused(rule, [row])} == items


@pytest.mark.parametrize(
    ("row", "items"),
    [
        ({"支援措置状態": "2", "支援措置終了年月日": "2027-03-31"}, set()),
        ({"支援措置状態": "2", "支援措置終了年月日": "2021-03-31"}, {"支援措置終了年月日"}),
        ({"支援措置状態": "2", "支援措置終了年月日": ""}, {"支援措置終了年月日"}),
        ({"支援措置状態": "1", "仮支援措置有無": "1"}, set()),
        ({"支援措置状態": "4", "支援措置終了年月日": "2021-03-31"}, set()),
    ],
)
def test_protection_stays_until_a_person_decides(row: dict[str, str], items: set[str]) -> None:
    assert {item for _, item in refused("protection_without_end", [row], PROTECTION)} == items


def test_unknown_date_with_its_companion_item() -> None:
    fine = {"生年月日": "", "生年月日_不詳表記": "昭和２０年頃"}
    wrong = {"生年月日": "昭和２０年頃"}
    assert refused("unknown_date_words", [fine, wrong], OUTSIDERS) == {(2, "生年月日")}


def test_findings_carry_key_value_and_proposal() -> None:
    row = {"宛名番号": "17", "個人履歴番号": "3", "個人履歴番号_枝番号": "0", "続柄コード1": "2"}
    finding = found("code_unknown", [row]).row(0, named=True)
    assert finding["key"] == "17|3|0"
    assert (finding["value"], finding["proposal"], finding["severity"]) == ("2", "02", "error")


@pytest.mark.parametrize(
    ("value", "proposal"),
    [("2020/1/5", "2020-01-05"), ("20200105", "2020-01-05"), ("S64.1.7", "1989-01-07"),
     ("平成31年5月1日", "2019-05-01"), ("00000000", None), ("2020/13/1", None)],
)  # fmt: skip
def test_readable_dates_are_proposed(value: str, proposal: str | None) -> None:
    assert found("date_form", [{"処理年月日": value}])["proposal"].to_list() == [proposal]


def test_secret_values_are_never_shown() -> None:
    finding = found("check_digit_kojin", [{"宛名番号": "1", "個人番号": "123456789012"}], NUMBERS).row(0, named=True)
    assert finding["value"] == "*" * 12
    assert "123456789012" not in map(str, finding.values())


def test_limits_of_paper_are_settings() -> None:
    row = {"氏名": "字" * 20}
    assert refused("text_overflow", [row]) == set()
    assert refused("text_overflow", [row], text_overflow={"limit": 10}) == {(1, "氏名")}


@pytest.mark.parametrize(
    ("rule", "value", "proposal"),
    [
        ("mojibake", "螻ｱ逕ｰ", "山田"),
        ("mojibake", "å±±ç”°", "山田"),
        ("mojibake", "縺縺\ue000", None),
        ("control_character", "山田\u200b　太郎\n", "山田　太郎"),
        ("character_class", "ＡB　ｶﾞ", "ＡＢ　ガ"),
    ],
)
def test_proposals_for_characters(rule: str, value: str, proposal: str | None) -> None:
    assert found(rule, [{"氏名": value}])["proposal"].to_list() == [proposal]


def test_a_foreign_sequence_is_proposed_as_its_mj_form() -> None:
    proposal = found("aj1_sequence", [{"氏名": "葛\U000e0100城"}])["proposal"].to_list()
    assert proposal != ["葛\U000e0100城"]
    assert refused("aj1_sequence", [{"氏名": text} for text in proposal]) == set()
