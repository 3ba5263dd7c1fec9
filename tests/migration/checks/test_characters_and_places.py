"""Rules about characters, dates, numbers, places and doubles: what is wrong, what is right, what is odd but legal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.migration.checks.world import RESIDENTS, Row, World, found, refused

from yakuba.migration.ruling import checks

OUTSIDERS = "住登外者宛名番号管理/住登外者宛名基本情報"
SEALS = "印鑑登録/印鑑登録原票"
LEVY = "収滞納管理/調定情報"
CHILDREN = "児童手当/児童情報"
NUMBERS = "住民基本台帳/個人番号管理"


def told(rule: str, item: str, value: str, name: str = RESIDENTS, **others: str) -> str:
    """Severity of what a cell rule says of one cell; "" when it says nothing."""
    said = found(rule, [{**others, item: value}], name)
    assert said.height <= 1, said
    assert said["item"].to_list() == [item] * said.height
    return said["severity"][0] if said.height else ""


@pytest.mark.parametrize(
    ("item", "value", "others", "expected"),
    [
        ("異動年月日", "2019-02-30", {}, "error"),
        ("異動年月日", "2019-04-31", {}, "error"),
        ("生年月日", "1950-02-31", {}, "error"),
        ("生年月日", "9999-99-99", {}, "error"),
        ("生年月日", "0000-00-00", {}, "error"),
        ("生年月日", "1950-13-01", {}, "error"),
        ("異動年月日", "2019-02-29", {"異動事由": "31"}, "error"),
        ("異動年月日", "2019-02-29", {"異動事由": "11"}, "error"),
        ("記載の異動年月日", "2019-02-29", {"記載の事由": "11"}, "error"),
        ("異動年月日", "2019-02-29", {"異動事由": "31", "異動年月日_不詳フラグ": "1"}, ""),
        ("異動年月日", "2019-02-29", {"異動事由": "13"}, ""),
        ("消除の異動年月日", "2019-02-29", {"消除の事由": "23"}, ""),
        ("異動年月日", "2020-02-29", {"異動事由": "31"}, ""),
        ("生年月日", "1950-02-29", {}, ""),
        ("生年月日", "1950-00-00", {}, ""),
        ("生年月日", "1950-05-99", {}, ""),
        ("生年月日", "1950-04-30", {}, ""),
        ("生年月日", "", {}, ""),
    ],
)
def test_days_that_no_calendar_has(item: str, value: str, others: Row, expected: str) -> None:
    assert told("date_impossible", item, value, **others) == expected


@pytest.mark.parametrize(
    ("rule", "item", "value", "expected"),
    [
        ("lost_sign", "氏名", "■田　太郎", "error"),
        ("lost_sign", "戸籍_筆頭者", "●本　一郎", "error"),
        ("lost_sign", "氏名", "？田　太郎", "warning"),
        ("lost_sign", "氏名", "＿■　太郎", "error"),
        ("lost_sign", "氏名", "山田　太郎", ""),
        ("lost_sign", "氏名", "口田　〇子", ""),
        ("lost_sign", "住所_方書", "■荘", ""),
        ("kana_mark", "氏名_フリガナ", "タカ゛ハシ　ハナコ", "warning"),
        ("kana_mark", "氏名_フリガナ", "タカ\u3099ハシ　ハナコ", "warning"),
        ("kana_mark", "氏名_フリガナ", "タガハシ　ハナコ", ""),
        ("selector_alone", "氏名", "\U000e0101田　太郎", "error"),
        ("selector_alone", "氏名", "山田　\U000e0101太郎", "error"),
        ("selector_alone", "氏名", "邉\U000e0101\U000e0102　太郎", "error"),
        ("selector_alone", "氏名", "ア\U000e0101　太郎", "error"),
        ("selector_alone", "氏名", "渡邉\U000e0101　太郎", ""),
        ("selector_alone", "氏名", "𠮟\U000e0100　太郎", ""),
        ("selector_alone", "氏名", "\ue0a3\U000e0100　太郎", ""),
        ("country_unknown", "国籍等_国名コード", "QQQ", "warning"),
        ("country_unknown", "国籍等_国名コード", "usa", "warning"),
        ("country_unknown", "国籍等_国名コード", "VNM", ""),
        ("country_unknown", "国籍等_国名コード", "XXA", ""),
        ("country_unknown", "国籍等_国名コード", "SUN", ""),
        ("country_unknown", "国籍等_国名コード", "", ""),
        ("building_in_number", "住所_番地号表記", "１２番地３見本荘１０１号室", "warning"),
        ("building_in_number", "住所_番地号表記", "１２－３　コーポ桜", "warning"),
        ("building_in_number", "住所_番地号表記", "１２番地３－１０１号室", "warning"),
        ("building_in_number", "住所_番地号表記", "１２番地３", ""),
        ("building_in_number", "住所_番地号表記", "５番地の１地先", ""),
        ("building_in_number", "住所_番地号表記", "無番地", ""),
        ("building_in_number", "住所_番地号表記", "二十三番地見本荘", "warning"),
        ("building_in_number", "住所_番地号表記", "字一本松１２番屋敷", ""),
        ("building_in_number", "住所_番地号表記", "１２番地の３（仮換地第４街区５画地）", ""),
        ("building_in_number", "住所_番地号表記", "甲１２３４番地ノ１", ""),
        ("building_in_number", "住所_番地号表記", "北３条西６丁目", ""),
        ("building_in_number", "住所_番地号表記", "第１０地割２３番地イ号", ""),
        ("building_in_number", "住所_番地号表記", "１２３番地１番外地", ""),
        ("building_in_number", "転入前住所_番地号表記", "１２番地３見本荘", ""),
        ("test_data", "氏名", "研修　花子", "warning"),
        ("test_data", "氏名", "使用不可　削除予定", "warning"),
        ("test_data", "氏名", "ａａａ　ａａａ", "warning"),
        ("test_data", "氏名", "ああああ", "warning"),
        ("test_data", "氏名", "林　林", ""),
        ("test_data", "氏名", "ナナ", ""),
        ("test_data", "氏名", "不破　要", ""),
        ("test_data", "氏名_フリガナ", "スズキ　ケンシュウ", ""),
        ("test_data", "氏名_フリガナ", "ナナ　ナナ", ""),
        ("retention_over", "消除の異動年月日", "1870-05-01", "note"),
        ("retention_over", "消除の異動年月日", "1990-05-01", ""),
    ],
)
def test_cells_of_the_register(rule: str, item: str, value: str, expected: str) -> None:
    assert told(rule, item, value) == expected


@pytest.mark.parametrize(
    ("rule", "name", "item", "value", "expected"),
    [
        ("image_form", SEALS, "印影", "IN000123.docx", "warning"),
        ("image_form", SEALS, "印影", "inei/IN000123.TIF", ""),
        ("image_form", SEALS, "印影", "IN000123", ""),
        ("image_form", SEALS, "印影", "iVBORw0KGgo=" * 200, ""),
        ("image_form", SEALS, "印影", "", ""),
        ("retention_over", LEVY, "年度", "1991", "note"),
        ("retention_over", LEVY, "年度", "2015", "note"),
        ("retention_over", LEVY, "賦課年度", "2016", ""),
        ("retention_over", LEVY, "年度", "", ""),
        ("lost_sign", SEALS, "氏名", "？田　太郎", "warning"),
        ("lost_sign", OUTSIDERS, "氏名", "◆見本商事", "error"),
    ],
)
def test_cells_of_other_businesses(rule: str, name: str, item: str, value: str, expected: str) -> None:
    assert told(rule, item, value, name) == expected


def test_the_time_of_keeping_is_an_option() -> None:
    rows = [{"年度": "2010"}, {"年度": "1999"}]
    assert refused("retention_over", rows, LEVY, retention_over={"fiscal_years": 20}) == {(2, "年度")}


def test_marks_are_joined_with_their_kana() -> None:
    rows = [{"氏名_フリガナ": "タカ゛ハシ　ハ゜ール"}, {"氏名_フリガナ": "ン゛マ"}]
    assert found("kana_mark", rows)["proposal"].to_list() == ["タガハシ　パール", None]


@pytest.mark.parametrize(
    ("code", "prefecture", "written", "expected"),
    [
        ("011002", "北海道", "函館市", {"転入前住所_市区郡町村名"}),
        ("011002", "青森県", "函館市", {"転入前住所_市区郡町村名", "転入前住所_都道府県"}),
        ("011002", "北海道", "札幌市", set()),
        ("011002", "北海道", "札幌市中央区", set()),
        ("011011", "北海道", "札幌市　中央区", set()),
        ("011011", "北海道", "中央区", set()),
        ("122246", "千葉県", "鎌ヶ谷市", set()),
        ("013013", "北海道", "函館市", {"転入前住所_市区町村コード"}),
        ("011002", "北海道", "", set()),
        ("990027", "見本県", "函館市", set()),
    ],
)
def test_names_of_municipalities(code: str, prefecture: str, written: str, expected: set[str]) -> None:
    row = {
        "転入前住所_市区町村コード": code,
        "転入前住所_都道府県": prefecture,
        "転入前住所_市区郡町村名": written,
    }
    assert {item for _, item in refused("municipality_unknown", [row])} == expected


def test_a_district_may_stand_before_a_town() -> None:
    row = {"転入前住所_市区町村コード": "013030", "転入前住所_市区郡町村名": "石狩郡当別町"}
    assert refused("municipality_unknown", [row]) == set()


def person(number: str, **items: str) -> Row:
    """A current row of the register."""
    row = {"宛名番号": number, "個人履歴番号": "1", "個人履歴番号_枝番号": "0", "最新フラグ": "1", "住民状態": "1"}
    return {**row, "住民種別": "1", **items}


def outsider(number: str, **items: str) -> Row:
    """A record of a person outside the register."""
    return {"宛名番号": number, "履歴番号": "1", **items}


def family(*numbers: str, name: str = CHILDREN) -> World:
    return World({name: [{"認定番号": number, "児童_宛名番号": "1"} for number in numbers]})


PADDED = [f"{number:010}" for number in range(1, 40)]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([*PADDED, "41"], {(40, "認定番号", "warning")}),
        ([*PADDED, "AB"], set()),
        ([*PADDED, ""], set()),
        ([*PADDED, "00000000041"], set()),
        ([*PADDED, "41", "42", "43"], set()),
        ([str(number) for number in range(999, 1100)], set()),
        ([str(number) for number in range(80, 120)], set()),
        (["0000000001", "2"], set()),
    ],
    ids=["lost", "letters", "empty", "longer", "too many", "serials", "two lengths", "too few"],
)
def test_numbers_that_lost_their_zeros(numbers: list[str], expected: set[tuple[int, str, str]]) -> None:
    assert family(*numbers).refused("number_short") == expected


@given(st.integers(1, 999_999))
def test_the_zeros_that_are_proposed_are_those_that_were_lost(number: int) -> None:
    said = family(*PADDED, str(number)).judge("number_short")
    assert said["proposal"].to_list() == [f"{number:010}"]


WHO = {"氏名": "渡邉　花子", "生年月日": "1980-01-01", "性別": "2"}


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ({}, True),
        ({"氏名": "渡辺花子"}, True),
        ({"生年月日": "1980-01-02"}, False),
        ({"性別": "1"}, False),
        ({"氏名": "渡辺　華子"}, False),
        ({"生年月日": ""}, False),
        ({"名寄せ先宛名番号": "1"}, False),
    ],
)
def test_outsiders_who_are_residents(items: Row, expected: bool) -> None:
    people = [person("1", **WHO), person("2", 氏名="山田　太郎", 生年月日="1980-01-01", 性別="1")]
    world = World({RESIDENTS: people, OUTSIDERS: [outsider("9", **{**WHO, **items})]})
    assert world.refused("outsider_is_resident") == ({(1, "氏名", "warning")} if expected else set())


def test_an_outsider_who_was_a_resident_is_told_of_no_more() -> None:
    gone = person("1", **WHO) | {"住民状態": "2"}
    assert World({RESIDENTS: [gone], OUTSIDERS: [outsider("9", **WHO)]}).refused("outsider_is_resident") == set()


HOME = {"住所_都道府県": "甲県", "住所_市区郡町村名": "乙市", "住所_番地号表記": "１番地"}


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ({}, {1, 2}),
        ({"氏名": "渡辺　花子"}, {1, 2}),
        ({"生年月日": ""}, {1, 2}),
        ({"生年月日": "1950-01-01"}, set()),
        ({"住所_番地号表記": "２番地"}, set()),
        ({"名寄せ先宛名番号": "1"}, set()),
    ],
)
def test_outsiders_with_two_numbers(items: Row, expected: set[int]) -> None:
    world = World({OUTSIDERS: [outsider("1", **WHO, **HOME), outsider("2", **{**WHO, **HOME, **items})]})
    assert world.refused("outsider_duplicate") == {(record, "氏名", "note") for record in expected}


def test_numbers_of_cards_and_pensions() -> None:
    card, pension = {"在留カード等番号": "AB12345678CD"}, {"基礎年金番号": "9900000001"}
    world = World({RESIDENTS: [
        person("1", **card), person("2", **card), person("3", **card) | {"住民状態": "2"},
        person("4", **pension), person("5", **pension), person("6"), person("7"),
    ]})  # fmt: skip
    assert world.refused("number_duplicate") == {
        (1, "在留カード等番号", "error"),
        (2, "在留カード等番号", "error"),
        (4, "基礎年金番号", "error"),
        (5, "基礎年金番号", "error"),
    }


def test_one_number_through_a_history_is_no_double() -> None:
    old = person("1", 住民票コード="1" * 11) | {"最新フラグ": "0"}
    new = person("1", 住民票コード="1" * 11) | {"個人履歴番号": "2"}
    assert World({RESIDENTS: [old, new]}).refused("number_duplicate") == set()


def test_the_number_of_somebody_who_came_back() -> None:
    people = [person("1") | {"住民状態": "2"}, person("2"), person("3") | {"住民状態": "3"}]
    cards = [{"宛名番号": who, "個人番号": "621498320257", "最新フラグ": "1"} for who in "12"]
    told = World({RESIDENTS: people, NUMBERS: cards}).refused("number_duplicate")
    assert told == {(1, "個人番号", "warning"), (2, "個人番号", "warning")}
    gone = [{"宛名番号": who, "個人番号": "621498320257", "最新フラグ": "1"} for who in "13"]
    assert World({RESIDENTS: people, NUMBERS: gone}).refused("number_duplicate") == set()


def test_images_of_two_people() -> None:
    def seal(number: str, version: str, who: str, image: str) -> Row:
        return {"印鑑登録番号": number, "履歴番号": version, "宛名番号": who, "印影": image, "最新フラグ": "1"}

    world = World({SEALS: [
        seal("1", "1", "1", "a.tif"), seal("1", "2", "1", "a.tif"), seal("2", "1", "2", "b.tif"),
        seal("3", "1", "3", "b.tif"), seal("4", "1", "3", "b.tif"), seal("5", "1", "5", ""), seal("6", "1", "6", ""),
    ]})  # fmt: skip
    assert world.refused("image_shared") == {(record, "印影", "warning") for record in (3, 4, 5)}


def test_the_new_rules_say_what_they_are() -> None:
    rules = checks()
    names = {"building_in_number": "C12", "country_unknown": "C3", "image_form": "C13", "image_shared": "C13"}
    names |= {"kana_mark": "C9", "lost_sign": "C9", "number_short": "C1", "outsider_duplicate": "C8"}
    names |= {"outsider_is_resident": "C8", "selector_alone": "C9"}
    assert {name: rules[name].category for name in names} == names
