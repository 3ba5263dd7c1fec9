"""Rules over many rows: small worlds with one fault each, and what is legal beside it."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from tests.migration.checks.world import RESIDENTS, Row, World, refused

TAX = "個人住民税/賦課情報"
PARTS = "個人住民税/期割情報"
LEVY = "収滞納管理/調定情報"
NUMBERS = "住民基本台帳/個人番号管理"
INSURED = "国民健康保険/資格情報"
OUTSIDERS = "住登外者宛名番号管理/住登外者宛名基本情報"


def version(person: str, number: int, latest: str = "1", **items: str) -> Row:
    row = {
        "宛名番号": person,
        "個人履歴番号": str(number),
        "個人履歴番号_枝番号": "0",
        "最新フラグ": latest,
    }
    return {**row, "住民状態": "1", "住民種別": "1", **items}


def residents(*rows: Row, **others: list[Row]) -> World:
    return World({RESIDENTS: rows, **others})


def test_keys_that_differ_in_content_name_all_their_rows() -> None:
    world = residents(version("1", 1, 氏名="甲"), version("1", 1, 氏名="乙"), version("1", 2))
    assert world.refused("key_duplicate") == {(1, "宛名番号", "error"), (2, "宛名番号", "stop")}


def test_equal_rows_are_a_warning_only() -> None:
    world = residents(version("1", 1, 氏名="甲"), version("1", 1, 氏名="甲"))
    assert world.refused("key_duplicate") == {(1, "宛名番号", "warning"), (2, "宛名番号", "warning")}


def test_keys_are_not_joined_into_one_text() -> None:
    world = residents(version("1", 11), version("11", 1))
    assert world.refused("key_duplicate") == set()


def test_findings_show_the_key() -> None:
    found = residents(version("7", 1, 氏名="甲"), version("7", 1, 氏名="乙")).judge("key_duplicate")
    assert found["key"].to_list() == ["7|1|0", "7|1|0"]
    assert found["category"].unique().to_list() == ["C5"]


@given(st.lists(st.tuples(st.sampled_from("12"), st.sampled_from(["1", "2", "12"]), st.sampled_from("ab")), max_size=8))
def test_key_duplicate_agrees_with_counting(rows: list[tuple[str, str, str]]) -> None:
    world = residents(*(version(person, int(number), 氏名=name) for person, number, name in rows))
    counted = Counter((person, number) for person, number, _ in rows)
    expected = {place for place, row in enumerate(rows, 1) if counted[row[:2]] > 1}
    assert {record for record, _, _ in world.refused("key_duplicate")} == expected


def test_a_gap_names_the_version_after_it() -> None:
    world = residents(*(version("1", n, latest=str(int(n == 4))) for n in (1, 2, 4)), version("2", 2), version("3", 1))
    assert world.refused("history_gap") == {(3, "個人履歴番号", "error"), (4, "個人履歴番号", "warning")}


@given(st.lists(st.tuples(st.sampled_from("12"), st.integers(1, 6)), unique=True, max_size=9))
def test_gaps_agree_with_a_plain_loop(rows: list[tuple[str, int]]) -> None:
    world = residents(*(version(person, number) for person, number in rows))
    have = set(rows)
    expected = {place for place, (who, n) in enumerate(rows, 1) if n > 1 and (who, n - 1) not in have}
    assert {record for record, _, _ in world.refused("history_gap")} == expected


def test_marks_of_the_latest_version() -> None:
    world = residents(
        version("1", 1, latest="0"),
        version("1", 2, latest="0"),
        version("2", 1),
        version("2", 2),
        version("3", 1),
        version("3", 2, latest="0"),
        version("4", 1, latest="0"),
        version("4", 2),
    )
    assert world.refused("current_row_missing") == {(2, "最新フラグ", "error"), (6, "最新フラグ", "error")}
    assert world.refused("current_row_double") == {(3, "最新フラグ", "error")}
    assert world.judge("current_row_double")["proposal"].to_list() == ["0"]


def test_the_tenth_version_is_newer_than_the_ninth() -> None:
    world = residents(*(version("1", n, latest=str(int(n == 10))) for n in range(1, 11)))
    assert world.refused("current_row_missing") == set()


def test_references() -> None:
    tax = [{"年度": "2025", "宛名番号": who, "更正回数": "0"} for who in ("1", "8", "9", "")]
    world = World({RESIDENTS: [version("1", 1)], OUTSIDERS: [{"宛名番号": "8"}], TAX: tax})
    assert world.refused("reference_missing") == {(3, "宛名番号", "error")}


def test_a_reference_with_a_place_outside_the_run_is_a_warning() -> None:
    world = World({RESIDENTS: [version("1", 1)], TAX: [{"年度": "2025", "宛名番号": "8", "更正回数": "0"}]})
    assert world.refused("reference_missing") == {(1, "宛名番号", "warning")}
    assert World({TAX: [{"宛名番号": "8"}]}).refused("reference_missing") == set()


def test_references_of_several_items_are_looked_up_together() -> None:
    tax = [{"年度": "2025", "宛名番号": "1", "更正回数": "0"}, {"年度": "2024", "宛名番号": "2", "更正回数": "0"}]
    part = {"徴収方法": "1", "期別": "1", "更正回数": "0"}
    parts = [{**part, "年度": "2025", "宛名番号": "1"}, {**part, "年度": "2024", "宛名番号": "1"}]
    assert {record for record, _, _ in World({TAX: tax, PARTS: parts}).refused("reference_missing")} == {2}


def test_households() -> None:
    def member(person: str, household: str, relation: str, **items: str) -> Row:
        return version(person, 1, 世帯番号=household, 続柄コード1=relation, **items)

    world = residents(
        member("1", "A", "02"),
        member("2", "A", "12"),
        member("3", "B", "20"),
        member("4", "B", "20"),
        member("5", "C", "02"),
        member("6", "C", "02"),
        member("7", "D", "02"),
        member("8", "E", "02", 住民状態="3"),
        member("9", "D", "02", 最新フラグ="0"),
    )
    assert world.refused("household_head") == {
        (3, "世帯番号", "warning"),
        (5, "続柄コード1", "error"),
        (6, "続柄コード1", "error"),
    }


def test_duplicate_persons() -> None:
    def person(number: str, kana: str, **items: str) -> Row:
        return version(number, 1, **{"氏名_フリガナ": kana, "生年月日": "1980-01-01", "性別": "2", **items})

    world = residents(
        person("1", "マチダ　ハナコ"),
        person("2", "マチダハナコ"),
        person("3", "マチダ　ハルコ"),
        person("4", "マチダ　ハナコ", 住民状態="2"),
        person("5", ""),
        person("6", ""),
        person("7", "ヤマ　タロウ", 生年月日="1980-00-00"),
        person("8", "ヤマ　タロウ", 生年月日="1980-00-00"),
    )
    assert {record for record, _, _ in world.refused("person_duplicate")} == {1, 2}


def test_numbers_of_living_persons() -> None:
    people = [version("1", 1), version("2", 1), version("3", 1, 住民状態="3"), version("4", 1, 住民票コード="1" * 11)]
    number = {"個人番号": "621498320257", "最新フラグ": "1"}
    cards = [{**number, "宛名番号": who} for who in "123"]
    world = residents(*people, **{NUMBERS: cards})
    errors = {(1, "個人番号", "error"), (2, "個人番号", "error")}
    assert world.refused("number_duplicate") == errors | {(3, "個人番号", "warning")}
    assert set(world.judge("number_duplicate")["value"]) == {"*" * 12}


def test_benefits_of_the_dead() -> None:
    people = [version("1", 1, 住民状態="3", 国保資格有無="1"), version("2", 1, 国保資格有無="1")]
    insured = [
        {"宛名番号": who, "最新フラグ": "1", "資格喪失年月日": end}
        for who, end in (("1", ""), ("1", "2020-01-01"), ("2", ""))
    ]
    world = residents(*people, **{INSURED: insured})
    assert world.refused("benefit_of_dead") == {(1, "国保資格有無", "warning"), (1, "資格喪失年月日", "warning")}


def test_sums() -> None:
    key = {"年度": "2025", "宛名番号": "1", "更正回数": "0"}
    part = {**key, "徴収方法": "1", "期別税額": "29100"}
    parts = [{**part, "期別": str(number)} for number in range(1, 5)]
    right = World({TAX: [{**key, "年税額": "116400"}], PARTS: parts})
    wrong = World({TAX: [{**key, "年税額": "116500"}], PARTS: parts})
    unreadable = World({TAX: [{**key, "年税額": "116500"}], PARTS: [*parts, {**part, "期別税額": "？"}]})
    assert right.refused("sum_mismatch") == set()
    assert wrong.refused("sum_mismatch") == {(1, "年税額", "error")}
    assert unreadable.refused("sum_mismatch") == set()


def test_sums_inside_a_row() -> None:
    tax = [
        {"年税額": "100", "普通徴収税額": "60", "給与特別徴収税額": "40"},
        {"年税額": "100", "普通徴収税額": "60", "給与特別徴収税額": "30"},
        {"年税額": "100"},
    ]
    levy = [{"調定額": "100", "収納済額": paid, "未納額": "40"} for paid in ("60", "50", "")]
    assert World({TAX: tax}).refused("sum_mismatch") == {(2, "年税額", "error")}
    assert World({LEVY: levy}).refused("sum_mismatch") == {(2, "未納額", "error")}


def test_an_orderly_household_has_no_finding() -> None:
    """Legal oddities together: twins, an unnamed child, a head alone, 不詳 dates, old numbers of any form."""
    common = {"世帯番号": "旧-7", "住所_市区町村コード": "990019", "住民となった年月日": "2001-04-01"}
    born = {**common, "住民となった年月日": "2026-11-18"}
    rows = [
        version("A-1", 1, latest="0", 続柄コード1="02", **common),
        version("A-1", 2, 続柄コード1="02", 生年月日="1950-00-00", 生年月日_不詳フラグ="1", **common),
        version("A-2", 1, 続柄コード1="20", 氏名_フリガナ="マチダ　ハル", 生年月日="2020-02-02", 性別="2", **born),
        version("A-3", 1, 続柄コード1="20", 氏名_フリガナ="マチダ　アキ", 生年月日="2020-02-02", 性別="2", **born),
        version("A-4", 1, 続柄コード1="20", 氏名="", 生年月日="2026-11-18", 性別="", **born),
        version("B-1", 1, 続柄コード1="02", **{**common, "世帯番号": "旧-8"}),
    ]
    world = residents(*rows)
    for rule in ("key_duplicate", "history_gap", "current_row_missing", "household_head", "person_duplicate"):
        assert world.refused(rule) == set(), rule
    for rule in ("date_form", "date_future", "date_order", "removed_but_live", "check_digit_dantai", "digits_overflow"):
        assert refused(rule, rows) == set(), rule


def test_without_marks_the_highest_number_is_current() -> None:
    def member(person: str, number: int, relation: str) -> Row:
        return version(person, number, "", 世帯番号="A", 続柄コード1=relation)

    world = residents(member("1", 1, "02"), member("1", 2, "20"), member("2", 9, "12"), member("2", 10, "02"))
    assert world.refused("household_head") == set()
    assert world.refused("current_row_missing") == set()


def test_an_ended_alias_needs_no_mark() -> None:
    alias = {"宛名番号": "1", "通称": "甲", "最新フラグ": "0"}
    first = {**alias, "通称履歴番号": "1"}
    ended = [first, {**alias, "通称履歴番号": "2", "通称_削除年月日": "2020-01-01"}]
    running = {**alias, "宛名番号": "2", "通称履歴番号": "1"}
    marked = {**alias, "宛名番号": "3", "通称履歴番号": "1", "最新フラグ": "1"}
    world = World({"住民基本台帳/通称履歴": [*ended, running, marked]})
    assert world.refused("current_row_missing") == {(3, "最新フラグ", "error")}


def test_an_outsider_must_not_have_a_residents_number() -> None:
    outside = [{"宛名番号": "1", "氏名": "甲野　太郎"}, {"宛名番号": "9", "氏名": "乙川　花子"}, {"宛名番号": ""}]
    world = residents(version("1", 1), version("2", 1), **{"住登外者宛名番号管理/住登外者宛名基本情報": outside})
    assert world.refused("number_of_resident") == {(1, "宛名番号", "error")}
