"""Rules that hold one business against another, and numbers against the law that gives them.

Oracle: the laws named on the rules' own pages; the rows are our own guess of what is wrong and right.
"""

from __future__ import annotations

import pytest
from tests.migration.checks.world import RESIDENTS, Row, World, group, refused

from yakuba.layouts.condition import parse
from yakuba.migration.checks import _data

SEAL, CARD = "印鑑登録/印鑑登録原票", "印鑑登録/印鑑登録証"
CARE, AGED = "介護保険/資格情報", "後期高齢者医療/資格情報"
HEALTH, PENSION = "国民健康保険/資格情報", "国民年金/資格情報"
TAX, CAR, CHILD = "個人住民税/賦課情報", "軽自動車税/車両台帳", "児童手当/児童情報"
MEASURE, BLOCK = "住民基本台帳/支援措置", "住民基本台帳/抑止"
NUMBERS = "住民基本台帳/個人番号管理"

GOOD: list[tuple[str, str, Row]] = [
    ("number_form", CARE, {"被保険者番号": "9900001149"}),
    ("number_form", CARE, {"被保険者番号": "H900001149"}),
    ("number_form", CARE, {"被保険者番号": ""}),
    ("number_form", AGED, {"被保険者番号": "99000011"}),
    ("engine_size", CAR, {"車種区分": "31", "総排気量": "0.658"}),
    ("engine_size", CAR, {"車種区分": "01", "総排気量": "0.000"}),
    ("engine_size", CAR, {"車種区分": "01", "総排気量": ""}),
    ("engine_size", CAR, {"車種区分": "12", "総排気量": "1.300"}),
    ("engine_size", CAR, {"車種区分": "21", "総排気量": "2.200"}),
    ("era_differs", RESIDENTS, {"生年月日_元号": "3", "生年月日": "1989-01-07"}),
    ("era_differs", RESIDENTS, {"生年月日_元号": "3", "生年月日": "1926-12-25"}),
    ("era_differs", RESIDENTS, {"生年月日_元号": "2", "生年月日": "1926-12-25"}),
    ("era_differs", RESIDENTS, {"生年月日_元号": "", "生年月日": "1960-05-05"}),
    ("era_differs", RESIDENTS, {"生年月日_元号": "5", "生年月日": ""}),
    ("era_differs", RESIDENTS, {"生年月日_元号": "5", "生年月日": "1960-99-99"}),
    ("moved_within", RESIDENTS, {"記載の事由": "11", "転入前住所_市区町村コード": "131016"}),
    ("moved_within", RESIDENTS, {"記載の事由": "13", "転入前住所_市区町村コード": "990019"}),
    ("moved_within", RESIDENTS, {"転出先住所（確定）_市区町村コード": "131016"}),
    ("year_out_of_range", TAX, {"年度": "2026", "所得年": "2025"}),
    ("place_differs", RESIDENTS, {"転入前住所_市区町村コード": "131016", "転入前住所_都道府県": "東京都"}),
    ("place_differs", RESIDENTS, {"転入前住所_市区町村コード": "131016", "転入前住所_都道府県": ""}),
    ("place_differs", RESIDENTS, {"転入前住所_市区町村コード": "990019", "転入前住所_都道府県": "見本県"}),
    ("place_differs", RESIDENTS, {"本籍_市区町村コード": "261009", "本籍": "京都市中京区"}),
    ("place_differs", RESIDENTS, {"本籍_市区町村コード": "", "本籍": "なし"}),
    ("voter_removed", RESIDENTS, {"選挙人名簿登録有無": "1", "住民状態": "2", "消除の異動年月日": "2026-07-20"}),
    ("voter_removed", RESIDENTS, {"選挙人名簿登録有無": "0", "住民状態": "2", "消除の異動年月日": "2020-07-20"}),
    ("voter_removed", RESIDENTS, {"選挙人名簿登録有無": "1", "住民状態": "1", "消除の異動年月日": "2020-07-20"}),
    ("kana_class", RESIDENTS, {"氏名_フリガナ": "ジョン・スミス"}),
    ("kana_class", "住登外者宛名番号管理/住登外者宛名基本情報", {"住所_方書_フリガナ": "コーポ１－２"}),
    ("date_order", HEALTH, {"資格取得年月日": "2020-04-01", "資格取得届出年月日": "2020-03-20"}),
    ("date_order", RESIDENTS, {"異動年月日": "2026-12-01", "処理年月日": "2026-11-01", "異動事由": "21"}),
    ("date_order", RESIDENTS, {"消除の異動年月日": "2026-04-01", "消除の届出年月日": "2026-03-01", "住民状態": "2"}),
    ("contradiction", RESIDENTS, {"削除フラグ": "1", "最新フラグ": "0", "住民状態": "1"}),
]

BAD: list[tuple[str, str, Row, str]] = [
    ("number_form", CARE, {"被保険者番号": "990000114"}, "被保険者番号"),
    ("number_form", PENSION, {"基礎年金番号": "9900-000015"}, "基礎年金番号"),
    ("engine_size", CAR, {"車種区分": "31", "総排気量": "658.000"}, "総排気量"),
    ("engine_size", CAR, {"車種区分": "01", "総排気量": "0.658"}, "総排気量"),
    ("engine_size", CAR, {"車種区分": "12", "総排気量": "0.049"}, "総排気量"),
    ("era_differs", RESIDENTS, {"生年月日_元号": "5", "生年月日": "1960-05-05"}, "生年月日_元号"),
    ("era_differs", RESIDENTS, {"生年月日_元号": "3", "生年月日": "1989-01-08"}, "生年月日_元号"),
    (
        "moved_within",
        RESIDENTS,
        {"記載の事由": "11", "転入前住所_市区町村コード": "990019"},
        "転入前住所_市区町村コード",
    ),
    (
        "moved_within",
        RESIDENTS,
        {"転出先住所（確定）_市区町村コード": "990019"},
        "転出先住所（確定）_市区町村コード",
    ),
    ("year_out_of_range", TAX, {"年度": "2026", "所得年": "2023"}, "所得年"),
    (
        "place_differs",
        RESIDENTS,
        {"転入前住所_市区町村コード": "011002", "転入前住所_都道府県": "東京都"},
        "転入前住所_市区町村コード",
    ),
    ("place_differs", RESIDENTS, {"本籍_市区町村コード": "011002", "本籍": "京都府京都市"}, "本籍_市区町村コード"),
    (
        "voter_removed",
        RESIDENTS,
        {"選挙人名簿登録有無": "1", "住民状態": "2", "消除の異動年月日": "2020-07-20"},
        "選挙人名簿登録有無",
    ),
    ("kana_class", RESIDENTS, {"氏名_フリガナ": "タ１ウ"}, "氏名_フリガナ"),
    ("kana_class", RESIDENTS, {"氏名_フリガナ": "ジョ－ンズ"}, "氏名_フリガナ"),
    ("letter_lookalike", RESIDENTS, {"氏名": "김　民"}, "氏名"),
    ("letter_lookalike", RESIDENTS, {"住所_方書": "見本荘😀"}, "住所_方書"),
    ("lost_sign", RESIDENTS, {"氏名": "見本　太郎．"}, "氏名"),
    ("date_order", HEALTH, {"資格取得年月日": "2020-04-01", "資格取得届出年月日": "1990-04-01"}, "資格取得届出年月日"),
    ("date_order", RESIDENTS, {"異動年月日": "2026-11-10", "処理年月日": "2020-11-01", "異動事由": "31"}, "処理年月日"),
    (
        "date_order",
        RESIDENTS,
        {"消除の異動年月日": "2026-04-01", "消除の届出年月日": "2026-03-01", "住民状態": "3"},
        "消除の届出年月日",
    ),
    ("contradiction", RESIDENTS, {"削除フラグ": "1", "最新フラグ": "1", "住民状態": "1"}, "削除フラグ"),
]


@pytest.mark.parametrize(("rule", "name", "row"), GOOD)
def test_legal_rows_pass(rule: str, name: str, row: Row) -> None:
    assert refused(rule, [row], name) == set()


@pytest.mark.parametrize(("rule", "name", "row", "item"), BAD)
def test_wrong_rows_are_named(rule: str, name: str, row: Row, item: str) -> None:
    assert refused(rule, [row], name) == {(1, item)}


def person(who: str, state: str = "1", **items: str) -> Row:
    return {"宛名番号": who, "最新フラグ": "1", "住民種別": "1", "住民状態": state} | items


def now(who: str, **items: str) -> Row:
    return {"宛名番号": who, "最新フラグ": "1"} | items


def test_flags_of_the_register_and_records_of_the_insurance() -> None:
    got = {"介護資格取得年月日": "2015-05-05"}
    people = [
        person("1", 介護資格有無="1", **got), person("2", 介護資格有無="1", **got), person("3", 介護資格有無="0"),
        person("4", 介護資格有無="1", 介護資格取得年月日="2012-12-12"), person("5", "3", 介護資格有無="1"),
        person("6", 介護資格有無="0"), person("7", 介護資格有無=""), person("8", 介護資格有無="0"),
    ]  # fmt: skip
    day = "2015-05-05"
    care = [now(who, 資格取得年月日=day) for who in "1347"]
    care += [now("6", 資格取得年月日=day, 資格喪失年月日="2020-01-01"), now("8", 資格取得年月日="2026-12-01")]
    assert World({RESIDENTS: people, CARE: care}).refused("flag_differs") == {
        (2, "介護資格有無", "warning"),
        (3, "介護資格有無", "warning"),
        (4, "介護資格取得年月日", "note"),
    }
    assert World({RESIDENTS: people}).refused("flag_differs") == set()


def test_a_register_that_never_sets_a_flag_is_not_judged() -> None:
    world = World({RESIDENTS: [person("1", 介護資格有無="0")], CARE: [now("1", 資格取得年月日="2015-05-05")]})
    assert world.refused("flag_differs") == set()


def test_what_begins_after_a_death() -> None:
    people = [person("1", "3", 消除の異動年月日="2019-03-03"), person("2")]
    seals = [now("1", 登録年月日="2019-03-08"), now("1", 登録年月日="2020-03-03"), now("2", 登録年月日="2025-03-03")]
    taxes = [now("1", 年度="2019"), now("1", 年度="2020"), now("2", 年度="2026")]
    aged = [now("1", 資格喪失年月日="2019-03-04"), now("1", 資格喪失年月日="2026-03-04")]
    assert World({RESIDENTS: people, SEAL: seals}).refused("after_death") == {(2, "登録年月日", "warning")}
    assert World({RESIDENTS: people, TAX: taxes}).refused("after_death") == {(2, "年度", "warning")}
    assert World({RESIDENTS: people, AGED: aged}).refused("after_death") == {(2, "資格喪失年月日", "warning")}


def test_what_ended_for_a_death_that_has_not_been() -> None:
    people = [person("1"), person("2", "3", 消除の異動年月日="2019-03-03")]
    seals = [now(who, 抹消事由="21", 抹消年月日="2019-03-03") for who in "12"] + [now("1", 抹消事由="11")]
    assert World({RESIDENTS: people, SEAL: seals}).refused("after_death") == {(1, "抹消事由", "warning")}


def test_one_seal_for_a_person() -> None:
    seals = [now("1", 印鑑登録番号="1"), now("1", 印鑑登録番号="2"), now("2", 印鑑登録番号="3")]
    seals += [
        now("2", 印鑑登録番号="4", 抹消年月日="2020-01-01"),
        now("3", 印鑑登録番号="5"),
        now("3", 印鑑登録番号="5"),
    ]
    assert {record for record, _, _ in World({SEAL: seals}).refused("registered_twice")} == {1, 2}


def test_the_head_of_the_insured_household_lives_in_it() -> None:
    people = [person("1", 世帯番号="A"), person("2", 世帯番号="B"), person("3", "3", 世帯番号="C")]
    health = [
        now("9", 世帯番号=home, 世帯主_宛名番号=who, 学特区分=away)
        for home, who, away in (("A", "1", "0"), ("A", "2", "0"), ("A", "3", "0"), ("A", "2", "1"), ("A", "8", "0"))
    ]
    assert World({RESIDENTS: people, HEALTH: health}).refused("insured_head") == {(2, "世帯主_宛名番号", "warning")}


def test_a_seal_in_force_needs_a_card_in_force() -> None:
    seals = [now(who, 印鑑登録番号=who, 印鑑登録状態="2", 印鑑登録証番号=f"C{who}") for who in "1234"]
    cards = [
        {"印鑑登録番号": who, "印鑑登録証番号": f"C{number}", "登録証状態": state}
        for who, number, state in (("1", "1", "1"), ("2", "2", "3"), ("3", "4", "1"), ("4", "4", "8"))
    ]
    world = World({SEAL: seals, CARD: cards})
    assert world.refused("counterpart_missing") == {(2, "印鑑登録番号", "warning"), (3, "印鑑登録番号", "warning")}


def test_halves_that_may_be_missing_are_notes() -> None:
    people = [person("1"), person("2"), person("3", "2")]
    world = World({RESIDENTS: people, NUMBERS: [now("1", 個人番号="990000000019")]})
    assert world.refused("counterpart_missing") == {(2, "宛名番号", "note")}
    measures = [
        {"宛名番号": who, "支援措置番号": "1", "支援措置状態": state}
        for who, state in (("1", "2"), ("2", "2"), ("3", "9"))
    ]
    guarded = World({MEASURE: measures, BLOCK: [{"宛名番号": "1"}]})
    assert guarded.refused("counterpart_missing") == {(2, "宛名番号", "note")}


@pytest.mark.parametrize("name", ["once", "after_death", "number_forms", "flags"])
def test_tables_name_groups_and_items_of_the_catalog(name: str) -> None:
    for row in _data.table(name):
        known = group(row["グループ"]).by_name
        assert {row[key] for key in ("だれ", "何", "項目") if row.get(key)} <= known.keys(), row
        assert {row[key] for key in ("旗", "日") if row.get(key)} <= group(RESIDENTS).by_name.keys(), row


def test_conditions_of_pairs_can_be_read() -> None:
    everywhere = group(RESIDENTS).by_name.keys() | group("収滞納管理/調定情報").by_name.keys()
    for row in _data.table("date_pairs"):
        assert not row["条件"] or parse(row["条件"], everywhere)
