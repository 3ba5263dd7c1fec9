"""Rules that hold other businesses against the register and each other, and the tables they look things up in."""

from __future__ import annotations

import pytest
from tests.migration.checks.world import RESIDENTS, Row, World

from yakuba.kernel.source import read_source
from yakuba.layouts.condition import parse
from yakuba.migration.checks import _data

SEAL = "印鑑登録/印鑑登録原票"
CARD = "印鑑登録/印鑑登録証"
KOKUHO = "国民健康保険/資格情報"
AGED = "後期高齢者医療/資格情報"
CARE = "介護保険/資格情報"
PENSION = "国民年金/資格情報"
PARENT = "児童手当/受給者情報"
CHILD = "児童手当/児童情報"
CAR = "軽自動車税/車両台帳"
MEASURE = "住民基本台帳/支援措置"
ALIAS = "住民基本台帳/通称履歴"
FORMER = "住民基本台帳/旧氏履歴"


def person(number: str, **items: str) -> Row:
    """A current row of a resident."""
    row = {"宛名番号": number, "個人履歴番号": "1", "個人履歴番号_枝番号": "0", "最新フラグ": "1", "住民状態": "1"}
    return {**row, "氏名": "見本　太郎", "生年月日": "1980-05-05", "性別": "1", **items}


def now(number: str, **items: str) -> Row:
    """A current row of another business."""
    return {"宛名番号": number, "最新フラグ": "1", **items}


# --- against the register


def test_benefits_of_people_who_left() -> None:
    people = [
        person("1", 住民状態="2"),
        person("2", 住民状態="1"),
        person("3", 住民状態="9"),
        person("4", 住民状態="2"),
    ]
    insured = [
        now("1"),
        now("1", 資格喪失年月日="2024-04-01"),
        now("2"),
        now("3", 資格喪失年月日="2026-12-31"),
        now("4", 学特区分="1"),
    ]
    cared = [now("1", 被保険者番号="1"), now("4", 被保険者番号="4", 住所地特例区分="2")]
    seals = [now("1", 印鑑登録状態="2"), now("4", 印鑑登録状態="9", 抹消年月日="2024-04-01")]
    family = [now("1", 認定番号="1"), now("4", 認定番号="4", 受給終了年月="2024-04")]
    world = World(
        {
            RESIDENTS: people,
            KOKUHO: insured,
            CARE: cared,
            SEAL: seals,
            PARENT: family,
            PENSION: [now("1", 資格種別="1")],
        }
    )
    found = world.judge("benefit_of_removed").select("group", "#record").rows()
    assert sorted(found) == sorted([(KOKUHO, 1), (KOKUHO, 4), (CARE, 1), (SEAL, 1), (PARENT, 1)])


def test_nobody_is_in_two_health_insurances() -> None:
    young = [now("1"), now("2"), now("3", 資格喪失年月日="2026-04-01")]
    old = [now(who, 被保険者番号=who) for who in "13"] + [now("2", 被保険者番号="2", 資格喪失年月日="2026-04-01")]
    assert World({KOKUHO: young, AGED: old}).refused("insured_twice") == {(1, "資格喪失年月日", "warning")}
    assert World({KOKUHO: young}).refused("insured_twice") == set()


@pytest.mark.parametrize(
    ("group", "born", "items", "bad"),
    [
        (SEAL, "2010-06-02", {"登録年月日": "2025-06-01"}, False),  # fifteen on the day before the birthday
        (SEAL, "2010-06-03", {"登録年月日": "2025-06-01"}, True),
        (CARE, "1960-04-01", {"被保険者区分": "1", "資格取得年月日": "2025-03-31"}, False),
        (CARE, "1970-04-01", {"被保険者区分": "1", "資格取得年月日": "2025-03-31"}, True),
        (CARE, "1970-04-01", {"被保険者区分": "2", "資格取得年月日": "2025-03-31"}, False),
        (AGED, "1951-12-02", {"資格取得年月日": "2019-12-02"}, False),  # 障害認定
        (AGED, "1959-01-01", {"資格取得年月日": "1999-01-01"}, True),
        (KOKUHO, "1951-11-20", {}, True),
        (KOKUHO, "1951-11-21", {}, False),
        (KOKUHO, "1941-11-21", {"資格喪失年月日": "2016-11-21"}, False),
        (PENSION, "1966-11-21", {"資格種別": "1", "資格取得年月日": "1986-11-20"}, False),
        (PENSION, "1966-11-20", {"資格種別": "1", "資格取得年月日": "1986-11-20"}, True),
        (PENSION, "1956-11-20", {"資格種別": "4", "資格取得年月日": "2017-11-20"}, False),
        (KOKUHO, "1941-00-00", {}, False),
    ],
)
def test_ages(group: str, born: str, items: Row, *, bad: bool) -> None:
    world = World({RESIDENTS: [person("1", 生年月日=born)], group: [now("1", **items)]})
    assert bool(world.refused("age_out_of_range")) is bad


def test_a_birth_date_that_is_unknown_has_no_age() -> None:
    people = [person("1", 生年月日="2020-01-01", 生年月日_不詳フラグ="1")]
    assert World({RESIDENTS: people, SEAL: [now("1", 登録年月日="2025-06-01")]}).refused("age_out_of_range") == set()


def test_children_of_the_allowance() -> None:
    parents = [now("9", 認定番号="1", 履歴番号="1"), now("8", 認定番号="2", 履歴番号="1", 消滅年月日="2020-01-01")]
    born = ("2008-04-01", "2008-04-02", "2005-01-01", "2004-04-01")
    children = [
        {"認定番号": "1", "児童_宛名番号": str(place), "児童_生年月日": day, "児童区分": kind}
        for place, (day, kind) in enumerate(zip(born, "2233", strict=True))
    ]
    children.append({"認定番号": "2", "児童_宛名番号": "7", "児童_生年月日": "1985-05-05", "児童区分": "2"})
    world = World({PARENT: parents, CHILD: children})
    assert {record for record, _, _ in world.refused("age_out_of_range")} == {1, 4}


def test_copies_of_the_register() -> None:
    seal = {"氏名": "見本　太郎", "生年月日": "1980-05-05", "性別": "1"}
    seals = [
        now("1", **seal),
        now("1", **{**seal, "生年月日": "1970-07-07"}),
        now("1", **{**seal, "性別": "2"}),
        now("1", **{**seal, "氏名": "長岡　花子"}),
        now("1", **{**seal, "性別": "0", "生年月日": ""}),
        now("1", **{**seal, "氏名": "長岡　花子", "抹消年月日": "2020-01-01"}),
        now("1", **{**seal, "氏名": "見〓　太郎"}),
        now("7", **{**seal, "氏名": "長岡　花子"}),
    ]
    world = World({RESIDENTS: [person("1")], SEAL: seals})
    assert world.refused("copy_differs") == {
        (2, "生年月日", "warning"),
        (3, "性別", "warning"),
        (4, "氏名", "warning"),
    }


def test_names_that_are_the_same_to_a_clerk() -> None:
    people = [
        person("1", 氏名="渡邉󠄙　由香"),
        person("2", 氏名="ＳＭＩＴＨ　ＪＯＨＮ", 氏名_外国人ローマ字="SMITH JOHN"),
        person("3", 氏名="王　小明"),
        person("4", 氏名="新田　花子"),
    ]
    names = (
        ("1", "渡辺　由香"),
        ("2", "ＳＭＩＴＨ　ＪＯＨＮ"),
        ("2", "SMITH JOHN"),
        ("3", "見本　明"),
        ("4", "旧田　花子"),
    )
    seals = [now(who, 氏名=name) for who, name in names]
    alias = [{"宛名番号": "3", "通称": "見本　明", "通称履歴番号": "1"}]
    former = [{"宛名番号": "4", "旧氏": "旧田", "旧氏履歴番号": "1"}]
    world = World({RESIDENTS: people, SEAL: seals, ALIAS: alias, FORMER: former})
    assert world.refused("copy_differs") == set()
    without = World({RESIDENTS: people, SEAL: seals})
    assert {record for record, _, _ in without.refused("copy_differs")} == {4, 5}


def test_copies_of_children_and_applicants() -> None:
    people = [person("1"), person("2", 氏名="見本　桜", 生年月日="2019-09-09", 性別="2")]
    children = [{"認定番号": "1", "児童_宛名番号": "2", "児童_氏名": "見本　桜", "児童_生年月日": "2018-09-09"}]
    measures = [{"宛名番号": "1", "申出者_生年月日": "1981-05-05", "相手方_生年月日": "1950-01-01"}]
    world = World({RESIDENTS: people, CHILD: children, MEASURE: measures})
    assert world.refused("copy_differs") == {(1, "児童_生年月日", "warning"), (1, "申出者_生年月日", "warning")}


def test_numbers_of_other_businesses() -> None:
    pensions = [now(who, 基礎年金番号=number) for who, number in (("1", "99001"), ("2", "99001"), ("3", ""), ("4", ""))]
    pensions.append(now("1", 基礎年金番号="99001"))
    assert {one for one, _, _ in World({PENSION: pensions}).refused("business_number_shared")} == {1, 2, 5}
    back = [now("1", 基礎年金番号="99001", 資格喪失年月日="2020-01-01"), now("2", 基礎年金番号="99001")]
    assert World({PENSION: back}).refused("business_number_shared") == set()
    seals = [now("1", 印鑑登録証番号="C001", 抹消年月日="2020-01-01"), now("2", 印鑑登録証番号="C001")]
    seals += [now("3", 印鑑登録証番号="C002", 抹消年月日="2020-01-01"), now("3", 印鑑登録証番号="C002")]
    assert {one for one, _, _ in World({SEAL: seals}).refused("business_number_shared")} == {1, 2}
    cars = [
        {"標識番号": plate, "最新フラグ": "1", "車台番号": number, "廃車年月日": scrapped}
        for plate, number, scrapped in (
            ("あ１", "MH001", ""), ("あ２", "MH001", ""), ("あ３", "MH001", "2020-01-01"), ("あ４", "不明", ""),
            ("あ５", "不明", ""),
        )
    ]  # fmt: skip
    assert {one for one, _, _ in World({CAR: cars}).refused("business_number_shared")} == {1, 2}


def test_a_seal_card_needs_its_registration() -> None:
    world = World({SEAL: [now("1", 印鑑登録番号="1")], CARD: [{"印鑑登録番号": number} for number in "12"]})
    assert world.refused("reference_missing") == {(2, "印鑑登録番号", "error")}


# --- the tables themselves


@pytest.mark.parametrize("name", ["sums", "running", "ages", "amounts", "numbers"])
def test_tables_name_groups_and_items_of_the_catalog(name: str) -> None:
    rows = _data.table(name)
    groups = {row[key] for row in rows for key in ("グループ", "内訳グループ") if row.get(key)}
    world = World({group: [] for group in sorted(groups)})
    for row in rows:
        known = world.groups[row["グループ"]].by_name
        named = [row[key] for key in ("総額", "項目", "持ち主", "生年月日") if row.get(key)]
        named += row.get("番号", "").split("|")
        assert set(named + row.get("終わり", "").split("|")) - {""} <= known.keys(), row
        if row.get("条件"):
            parse(row["条件"], known)


def test_tables_say_where_they_come_from() -> None:
    from importlib.resources import as_file, files

    with as_file(files("yakuba.migration.checks") / "data") as folder:
        assert read_source(folder).standing == "reconstructed"
