"""Rules of the register against itself: what contradicts, and the legal oddities beside it.

Oracle: 住民記録システム標準仕様書 1.1.1 to 1.2.2, 4.0.3, 11.1, as told on the rules' own pages;
ages by the laws named there.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.migration.checks.world import RESIDENTS, Row, World, found, refused

from yakuba.migration.checks._limits import limit, months_before, years_before

CHUKAN = "住民基本台帳/住民票情報"
LIVE = {"最新フラグ": "1", "住民種別": "1", "住民状態": "1", "除票フラグ": "0"}
FOREIGN = LIVE | {"住民種別": "2"}
GONE = LIVE | {
    "住民状態": "2",
    "除票フラグ": "1",
    "消除の事由": "21",
    "異動事由": "21",
    "消除の異動年月日": "2024-04-01",
}
DEAD = GONE | {"住民状態": "3", "消除の事由": "23", "異動事由": "23"}

GOOD: list[tuple[str, Row]] = [
    ("resident_kind", LIVE | {"本籍": "見本県見本郡見本町", "戸籍_筆頭者": "見本　太郎", "選挙人名簿登録有無": "1"}),
    ("resident_kind", LIVE | {"国籍等_国名コード": "JPN", "国籍名等": "日本"}),
    ("resident_kind", LIVE | {"在留カード等番号": "000000000000", "第30条45規定区分": "0"}),
    ("resident_kind", FOREIGN | {"在留カード等番号": "AB12345678CD", "国籍名等": "米国", "本籍": "なし"}),
    ("resident_kind", FOREIGN | {"選挙人名簿登録有無": "0", "戸籍_筆頭者": ""}),
    ("too_young", LIVE | {"生年月日": "2008-11-20", "選挙人名簿登録有無": "1"}),
    ("too_young", LIVE | {"生年月日": "2008-12-25", "選挙人名簿登録有無": "1"}),
    ("too_young", LIVE | {"生年月日": "1961-11-21", "後期高齢資格有無": "1"}),
    ("too_young", LIVE | {"生年月日": "2015-04-01", "選挙人名簿登録有無": "0"}),
    ("too_young", LIVE | {"生年月日": "2015-04-01", "生年月日_不詳フラグ": "1", "選挙人名簿登録有無": "1"}),
    ("too_young", LIVE | {"生年月日": "不詳", "選挙人名簿登録有無": "1"}),
    ("reason_mismatch", LIVE),
    ("reason_mismatch", GONE | {"記載等の種別": "2"}),
    ("reason_mismatch", DEAD | {"記載等の種別": "2"}),
    ("reason_mismatch", DEAD | {"異動事由": "34", "記載等の種別": "3"}),
    ("reason_mismatch", GONE | {"消除の事由": "26", "異動事由": "26"}),
    ("reason_mismatch", GONE | {"住民状態": "9", "消除の事由": "26", "異動事由": "26"}),
    ("reason_mismatch", LIVE | {"消除の事由": "21", "転出予定年月日": "2026-12-01"}),
    ("reason_mismatch", LIVE | {"異動事由": "21", "記載等の種別": "3"}),
    ("reason_mismatch", LIVE | {"消除の事由": "27"}),
    ("reason_mismatch", LIVE | {"異動事由": "13", "記載等の種別": "1"}),
    ("reason_mismatch", LIVE | {"異動事由": "31", "記載等の種別": ""}),
    ("destination_missing", GONE),
    ("destination_missing", GONE | {"転入通知年月日": "2024-04-10", "転出先住所（確定）_市区郡町村名": "函館市"}),
    ("destination_missing", DEAD | {"転入通知年月日": "2024-04-10"}),
    ("notice_after_processing", LIVE | {"異動届出年月日": "2024-04-01", "処理年月日": "2024-04-01"}),
    ("notice_after_processing", LIVE | {"異動届出年月日": "", "処理年月日": "2024-04-01"}),
    ("notice_after_processing", LIVE | {"異動届出年月日": "2024-04-99", "処理年月日": "2024-04-01"}),
    ("age_implausible", LIVE | {"生年月日": "1906-11-20"}),
    ("age_implausible", LIVE | {"生年月日": "1889-03-01", "生年月日_不詳フラグ": "1"}),
    ("age_implausible", DEAD | {"生年月日": "1889-03-01"}),
    ("age_implausible", LIVE | {"最新フラグ": "0", "生年月日": "1889-03-01"}),
    ("stay_expired", FOREIGN | {"在留期間の満了の日": "2026-09-20"}),
    ("stay_expired", FOREIGN | {"在留期間の満了の日": ""}),
    ("stay_expired", FOREIGN | {"在留期間の満了の日": "9999-12-31"}),
    ("stay_expired", FOREIGN | {"最新フラグ": "0", "在留期間の満了の日": "2019-05-06"}),
    ("stay_expired", GONE | {"在留期間の満了の日": "2019-05-06"}),
    ("name_separator", LIVE | {"氏名": "見本　太郎"}),
    ("name_separator", LIVE | {"氏名": "辻\U000e0101　一郎"}),
    ("name_separator", LIVE | {"氏名": ""}),
    ("name_separator", LIVE | {"氏名": "見本", "氏_日本人": "見本"}),
    ("name_separator", FOREIGN | {"氏名": "ＳＭＩＴＨ　ＪＯＨＮ　ＰＡＵＬ"}),
    ("residence_card", FOREIGN | {"在留カード等番号": "AB12345678CD", "在留カード等番号区分": "1"}),
    ("residence_card", FOREIGN | {"在留カード等番号": "第１２３４号", "在留カード等番号区分": "2"}),
    ("residence_card", FOREIGN | {"在留カード等番号": "", "在留カード等番号区分": "1"}),
    ("address_missing", LIVE | {"住所_町字": "本町", "住所_番地号表記": "１番地"}),
    ("address_missing", GONE),
    ("address_missing", LIVE | {"最新フラグ": "0"}),
    ("relation_sex", LIVE | {"続柄表記": "妻", "性別": "2"}),
    ("relation_sex", LIVE | {"続柄表記": "子の妻", "性別": "2"}),
    ("relation_sex", LIVE | {"続柄表記": "妻の父", "性別": "1"}),
    ("relation_sex", LIVE | {"続柄表記": "夫（未届）", "性別": "1"}),
    ("relation_sex", LIVE | {"続柄表記": "妻の子", "性別": "1"}),
    ("relation_sex", LIVE | {"続柄表記": "妻", "性別": "0"}),
    ("relation_sex", LIVE | {"続柄表記": "妻", "性別": ""}),
    ("relation_words", LIVE | {"続柄コード1": "20", "続柄表記": "子"}),
    ("relation_words", LIVE | {"続柄コード1": "20", "続柄表記": "子の妻"}),
    ("relation_words", LIVE | {"続柄コード1": "12", "続柄表記": "妻の母"}),
    ("relation_words", LIVE | {"続柄コード1": "22", "続柄表記": "子（子の妻）の子"}),
    ("relation_words", LIVE | {"続柄コード1": "20", "続柄表記": ""}),
    ("relation_words", LIVE | {"続柄コード1": "", "続柄表記": "妻"}),
    ("relation_words", LIVE | {"続柄コード1": "52", "続柄表記": "祖母"}),
    ("relation_words", LIVE | {"続柄コード1": "02", "続柄表記": "妻"}),
]

BAD: list[tuple[str, Row, str, str]] = [
    ("resident_kind", LIVE | {"在留カード等番号": "AB12345678CD"}, "在留カード等番号", "error"),
    ("resident_kind", LIVE | {"国籍等_国名コード": "USA"}, "国籍等_国名コード", "error"),
    ("resident_kind", LIVE | {"国籍名等": "米国"}, "国籍名等", "error"),
    ("resident_kind", LIVE | {"第30条45規定区分": "1"}, "第30条45規定区分", "error"),
    ("resident_kind", LIVE | {"外国人住民となった年月日": "2012-07-09"}, "外国人住民となった年月日", "error"),
    ("resident_kind", FOREIGN | {"本籍": "見本県見本郡見本町"}, "本籍", "error"),
    ("resident_kind", FOREIGN | {"戸籍_筆頭者": "見本　太郎"}, "戸籍_筆頭者", "error"),
    ("resident_kind", FOREIGN | {"選挙人名簿登録有無": "1"}, "選挙人名簿登録有無", "error"),
    ("too_young", LIVE | {"生年月日": "2009-01-15", "選挙人名簿登録有無": "1"}, "選挙人名簿登録有無", "warning"),
    ("too_young", LIVE | {"生年月日": "1961-11-22", "後期高齢資格有無": "1"}, "後期高齢資格有無", "warning"),
    ("too_young", LIVE | {"生年月日": "1986-11-22", "介護資格有無": "1"}, "介護資格有無", "warning"),
    ("reason_mismatch", DEAD | {"住民状態": "2"}, "住民状態", "error"),
    ("reason_mismatch", GONE | {"住民状態": "9"}, "住民状態", "error"),
    ("reason_mismatch", GONE | {"消除の事由": "24", "異動事由": "24"}, "住民状態", "error"),
    ("reason_mismatch", DEAD | {"異動事由": "21"}, "異動事由", "error"),
    ("reason_mismatch", LIVE | {"消除の事由": "21"}, "消除の事由", "error"),
    ("reason_mismatch", LIVE | {"消除の事由": "23", "転出予定年月日": "2020-04-01"}, "消除の事由", "error"),
    ("reason_mismatch", LIVE | {"異動事由": "31", "記載等の種別": "2"}, "記載等の種別", "error"),
    ("reason_mismatch", LIVE | {"異動事由": "19", "記載等の種別": "3"}, "記載等の種別", "error"),
    ("reason_mismatch", GONE | {"記載等の種別": "3"}, "記載等の種別", "error"),
    ("destination_missing", GONE | {"転入通知年月日": "2024-04-10"}, "転出先住所（確定）_市区町村コード", "warning"),
    (
        "destination_missing",
        GONE | {"転出年月日（確定）": "2024-04-01"},
        "転出先住所（確定）_市区町村コード",
        "warning",
    ),
    (
        "notice_after_processing",
        LIVE | {"異動届出年月日": "2024-04-02", "処理年月日": "2024-04-01"},
        "異動届出年月日",
        "warning",
    ),
    ("age_implausible", LIVE | {"生年月日": "1889-03-01"}, "生年月日", "warning"),
    ("age_implausible", LIVE | {"生年月日": "1905-11-20"}, "生年月日", "warning"),
    ("stay_expired", FOREIGN | {"在留期間の満了の日": "2026-09-19"}, "在留期間の満了の日", "warning"),
    ("name_separator", LIVE | {"氏名": "見本太郎", "氏_日本人": "見本", "名_日本人": "太郎"}, "氏名", "warning"),
    ("name_separator", LIVE | {"氏名": "見本　　太郎"}, "氏名", "warning"),
    ("name_separator", LIVE | {"氏名": "見本 太郎"}, "氏名", "warning"),
    ("name_separator", LIVE | {"氏名": "　見本　太郎"}, "氏名", "warning"),
    ("name_separator", LIVE | {"氏名": "見本　太郎　"}, "氏名", "warning"),
    (
        "residence_card",
        FOREIGN | {"在留カード等番号": "A12345678CD", "在留カード等番号区分": "1"},
        "在留カード等番号",
        "error",
    ),
    ("address_missing", LIVE, "住所_町字", "error"),
    ("address_missing", LIVE | {"住所_町字コード": "0001000", "住所_番地号表記": "１番地"}, "住所_町字", "error"),
    ("address_missing", LIVE | {"住所_町字コード": "0000000", "住所_番地号表記": "１番地"}, "住所_町字", "warning"),
    ("address_missing", LIVE | {"住所_町字": "本町"}, "住所_番地号表記", "warning"),
    ("relation_sex", LIVE | {"続柄表記": "妻", "性別": "1"}, "続柄表記", "warning"),
    ("relation_sex", LIVE | {"続柄表記": "夫（未届）", "性別": "2"}, "続柄表記", "warning"),
    ("relation_sex", LIVE | {"続柄表記": "子の妻の母", "性別": "1"}, "続柄表記", "warning"),
    ("relation_sex", LIVE | {"続柄表記": "兄", "性別": "2"}, "続柄表記", "warning"),
    ("relation_words", LIVE | {"続柄コード1": "20", "続柄表記": "妻の母"}, "続柄コード1", "error"),
    ("relation_words", LIVE | {"続柄コード1": "12", "続柄表記": "子"}, "続柄コード1", "error"),
    ("relation_words", LIVE | {"続柄コード1": "12", "続柄表記": "妻（未届）"}, "続柄コード1", "error"),
]


@pytest.mark.parametrize(("rule", "row"), GOOD)
def test_legal_rows_pass(rule: str, row: Row) -> None:
    assert refused(rule, [row]) == set()


@pytest.mark.parametrize(("rule", "row", "item", "severity"), BAD)
def test_contradictions_are_named(rule: str, row: Row, item: str, severity: str) -> None:
    # The legal row beside it must not be drawn in.
    told = found(rule, [GOOD_OF[rule], row])
    assert told.select("#record", "item", "severity").rows() == [(2, item, severity)]


GOOD_OF = dict(reversed(GOOD))


def test_the_codes_of_a_chain_are_all_compared() -> None:
    def row(words: str, *codes: str) -> Row:
        return {"続柄名称": words, **{f"続柄コード{place}": code for place, code in enumerate(codes, 1)}}

    rows = [row("子の妻", "20", "12"), row("子の妻", "20"), row("子の妻", "20", "20"), row("子", "20", "12")]
    assert refused("relation_words", rows, CHUKAN) == {(3, "続柄コード1"), (4, "続柄コード1")}


def test_other_names_of_an_item_are_known() -> None:
    row = {"住民種別コード": "1", "国籍名称": "米国", "法30条45区分コード": "1"}
    assert refused("resident_kind", [row], CHUKAN) == {(1, "国籍名称"), (1, "法30条45区分コード")}


# --- households


def member(person: str, relation: str, words: str = "", **items: str) -> Row:
    own = {"世帯番号": "A", "続柄コード1": relation, "続柄表記": words, "個人履歴番号": "1", "個人履歴番号_枝番号": "0"}
    return LIVE | {"宛名番号": person} | own | items


def register(*rows: Row) -> World:
    return World({RESIDENTS: rows})


def test_children_and_parents_by_age() -> None:
    def judged(relation: str, words: str, born: str, **items: str) -> set[tuple[int, str, str]]:
        head = member("1", "02", "世帯主", 生年月日="1980-05-01", **items)
        return register(head, member("2", relation, words, 生年月日=born)).refused("relation_age")

    assert judged("20", "子", "2005-05-01") == set()
    assert judged("20", "子", "1992-05-01") == set()
    assert judged("20", "子", "1992-04-30") == {(2, "生年月日", "warning")}
    assert judged("20", "子", "1921-05-05") == {(2, "生年月日", "error")}
    assert judged("52", "母", "1955-05-05") == set()
    assert judged("51", "父", "1980-05-02") == {(2, "生年月日", "error")}
    assert judged("52", "", "1975-01-01") == {(2, "生年月日", "warning")}
    assert judged("20", "子の妻", "1970-05-05") == set()
    assert judged("12", "妻", "1921-05-05") == set()
    assert judged("20", "子", "1921-02-29") == set()
    assert judged("20", "子", "1975-01-01", 住民となった年月日="1979-01-01") == set()


def test_ages_are_not_compared_with_two_heads() -> None:
    heads = [member("1", "02", 生年月日="1980-05-01"), member("2", "02", 生年月日="1920-05-01")]
    assert register(*heads, member("3", "20", "子", 生年月日="1950-01-01")).refused("relation_age") == set()


def test_a_second_spouse() -> None:
    head, wife = member("1", "02", "世帯主"), member("2", "12", "妻")
    assert (
        register(head, wife, member("3", "20", "子の妻"), member("4", "12", "妻の母")).refused("spouse_double") == set()
    )
    assert register(head, wife, member("3", "12", "妻", 世帯番号="B")).refused("spouse_double") == set()
    assert register(head, wife, member("3", "12", "妻", 住民状態="3")).refused("spouse_double") == set()
    assert register(head, wife, wife | {"個人履歴番号": "2"}).refused("spouse_double") == set()
    both = {(2, "続柄コード1", "warning"), (3, "続柄コード1", "warning")}
    assert register(head, wife, member("3", "14", "妻（未届）")).refused("spouse_double") == both


def test_members_who_differ_from_their_household() -> None:
    def judged(*others: Row) -> set[tuple[int, str, str]]:
        shared = {
            "氏名": "見本　太郎",
            "世帯主氏名": "見本　太郎",
            "住所_町字コード": "0001000",
            "住所_番地号表記": "１番地",
        }
        own = [shared | {"続柄コード1": code} | row for code, row in zip(("02", "12", "20"), others, strict=True)]
        return register(*(member(str(n), **row) for n, row in enumerate(own))).refused("household_differs")

    def member(person: str, **row: str) -> Row:
        return LIVE | {"宛名番号": person, "世帯番号": "A"} | row

    assert judged({}, {}, {}) == set()
    assert judged({}, {"世帯主氏名": "見本太郎"}, {"世帯主氏名": ""}) == set()
    assert judged({}, {"世帯主氏名": "見本　花子", "世帯番号": "B"}, {}) == set()
    assert judged({}, {"世帯主氏名": "見本　花子"}, {}) == {(2, "世帯主氏名", "warning")}
    assert judged({"住所_番地号表記": "９番地"}, {}, {}) == {(1, "住所_番地号表記", "warning")}
    assert judged({}, {}, {"住所_町字コード": "0002000"}) == {(3, "住所_町字コード", "warning")}
    assert judged({}, {}, {"住所_町字コード": "0099000"}) == set()
    assert judged({}, {}, {"続柄コード1": "02", "世帯主氏名": "見本　花子"}) == set()
    # Between two, the head is believed, unless his own row has another name.
    assert judged({"氏名": "別　人"}, {"世帯主氏名": "別　人"}, {"世帯番号": "B"}) == set()
    assert judged({}, {"住所_番地号表記": "９番地"}, {"世帯番号": "B"}) == {(2, "住所_番地号表記", "warning")}
    assert judged({}, {"住民状態": "2", "住所_番地号表記": "９番地"}, {}) == set()


# --- histories


def version(number: int, reason: str = "31", person: str = "1", **items: str) -> Row:
    base = {"生年月日": "1971-11-11", "性別": "1", "住民票コード": "99000000019", "異動事由": reason}
    key = {"宛名番号": person, "個人履歴番号": str(number), "個人履歴番号_枝番号": "0"}
    return LIVE | base | key | {"最新フラグ": "0"} | items


def test_what_never_changes() -> None:
    def judged(*rows: Row) -> set[tuple[int, str, str]]:
        return register(*rows, version(1, person="2", 生年月日="1950-01-01")).refused("identity_changed")

    other = "1961-11-11"
    assert judged(version(1), version(2), version(3)) == set()
    assert judged(version(1), version(2, 生年月日=other), version(3)) == {(2, "生年月日", "warning")}
    assert judged(version(1, 生年月日=other), version(2)) == {(1, "生年月日", "warning")}
    assert judged(version(1, 生年月日=other), version(2, "34"), version(3)) == set()
    assert judged(version(1, 生年月日=other), version(2, "11")) == set()
    assert judged(version(1, 生年月日="1971-02-29"), version(2)) == set()
    assert judged(version(1), version(2, 性別="2"), version(3)) == {(2, "性別", "warning")}
    assert judged(version(1, 性別="0"), version(2), version(3)) == {(1, "性別", "warning")}
    assert judged(version(1, 性別="7"), version(2)) == set()
    assert judged(version(1, 性別=""), version(2)) == set()
    assert judged(version(1, 住民票コード="99000000027"), version(2, "38")) == set()
    assert judged(version(1, 性別="2"), version(2, "38")) == {(1, "性別", "warning")}
    assert judged(version(1), version(2), version(3, 住民票コード="99000000027")) == {(3, "住民票コード", "warning")}
    # The tenth version follows the ninth, whatever the order of the file.
    assert judged(version(10, "34"), version(9, 生年月日=other), version(11)) == set()


def test_days_of_processing_that_go_back() -> None:
    def judged(*days: str) -> set[int]:
        rows = [version(number, 処理年月日=day) for number, day in enumerate(days, 1)]
        return {record for record, _, _ in register(*reversed(rows)).refused("processing_order")}

    assert judged("2020-01-01", "2020-01-01", "2024-01-01") == set()
    assert judged("2020-01-01", "2019-01-01", "2024-01-01") == {2}
    assert judged("2020-01-01", "", "9999-12-31", "2024-01-01") == set()


@given(st.lists(st.tuples(st.sampled_from("12"), st.integers(1, 12), st.integers(1, 28)), max_size=8))
def test_processing_order_agrees_with_a_plain_loop(rows: list[tuple[str, int, int]]) -> None:
    unique = list({(person, number): (person, number, day) for person, number, day in rows}.values())
    world = register(*(version(n, person=who, 処理年月日=f"2020-01-{day:02}") for who, n, day in unique))
    expected = set()
    for place, (who, number, day) in enumerate(unique, 1):
        before = max(((n, d) for w, n, d in unique if w == who and n < number), default=(0, 0))
        if day < before[1]:
            expected.add((place, "処理年月日", "warning"))
    assert world.refused("processing_order") == expected


# --- dated limits


def test_limits_hold_from_their_day() -> None:
    assert limit("voter_age", date(2016, 6, 18)) == 20
    assert limit("voter_age", date(2016, 6, 19)) == 18
    assert limit("stay_grace", date(2000, 1, 1)) == 2


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)), st.integers(0, 130), st.dates(date(1800, 1, 1)))
def test_years_before_agrees_with_ages(day: date, years: int, born: date) -> None:
    full = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    assert (born.isoformat() > years_before(day, years)) == (full < years)


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)), st.integers(0, 40))
def test_months_before_counts_months(day: date, months: int) -> None:
    year, month, last = (int(part) for part in months_before(day, months).split("-"))
    assert (year * 12 + month + months, last) == (day.year * 12 + day.month, day.day)
