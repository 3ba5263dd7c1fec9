"""Rules about the order of days, the other half of a record, and whose it is.

Oracle: the laws and procedures named on the rules' own pages; the rows are our own guess of what is wrong and right.
"""

from __future__ import annotations

import pytest
from tests.migration.checks.world import RESIDENTS, Row, World, group, refused

from yakuba.layouts.condition import parse
from yakuba.layouts.reference import references
from yakuba.migration.checks import _data

SEAL, CARD = "印鑑登録/印鑑登録原票", "印鑑登録/印鑑登録証"
MEASURE, FORMER, ALIAS = "住民基本台帳/支援措置", "住民基本台帳/旧氏履歴", "住民基本台帳/通称履歴"
NUMBERS, CARE = "住民基本台帳/個人番号管理", "介護保険/認定情報"
CAR, CAR_TAX = "軽自動車税/車両台帳", "軽自動車税/賦課情報"
TAX, PARTS = "個人住民税/賦課情報", "個人住民税/期割情報"
LEVY, PAID = "収滞納管理/調定情報", "収滞納管理/収納情報"
ALLOWANCE, CHILD = "児童手当/受給者情報", "児童手当/児童情報"
HEALTH, PENSION = "国民健康保険/資格情報", "国民年金/資格情報"
SHARE = "固定資産税/共有者"

GOOD: list[tuple[str, str, Row]] = [
    ("date_order", SEAL, {"申請年月日": "2024-04-01", "登録年月日": "2024-04-01"}),
    ("date_order", SEAL, {"申請年月日": "2024-04-01", "登録年月日": ""}),
    ("date_order", SEAL, {"申請年月日": "9999-12-31", "登録年月日": "2024-04-01"}),
    ("date_order", MEASURE, {"申出年月日": "2024-04-01", "支援措置開始年月日": "2024-04-10"}),
    ("date_order", CHILD, {"児童_生年月日": "2024-04-30", "算定対象開始年月": "2024-04"}),
    ("date_order", CHILD, {"算定対象開始年月": "2024-05", "算定対象終了年月": "2024-04"}),
    ("date_order", CHILD, {"算定対象開始年月": "2024-01", "算定対象終了年月": "2023-12"}),
    ("date_order", CHILD, {"算定対象開始年月": "2024-05", "算定対象終了年月": "20240"}),
    ("date_order", CAR, {"取得年月日": "2024-04-01", "申告年月日": "2024-04-01"}),
    ("date_order", LEVY, {"納期限": "2024-06-30", "督促年月日": ""}),
    ("date_future", PENSION, {"資格取得年月日": "2027-04-01"}),
    ("date_future", PENSION, {"資格喪失年月日": "9999-12-31"}),
    ("date_future", HEALTH, {"証有効期限": "2031-07-31"}),
    ("date_future", CARE, {"認定有効終了年月日": "2029-11-30"}),
    ("date_before_law", NUMBERS, {"個人番号_指定年月日": "2015-10-05"}),
    ("date_before_law", NUMBERS, {"個人番号_指定年月日": ""}),
    ("date_before_law", RESIDENTS, {"外国人住民となった年月日": "2012-07-09"}),
    ("date_before_law", RESIDENTS, {"住民となった年月日": "1941-07-09"}),
    ("part_over_total", TAX, {"所得控除合計額": "430000", "基礎控除額": "430000", "医療費控除額": ""}),
    ("part_over_total", TAX, {"所得控除合計額": "", "基礎控除額": "430000"}),
    ("part_over_total", TAX, {"所得控除合計額": "900000", "基礎控除額": "430000"}),
    ("part_over_total", SHARE, {"持分_分母": "1", "持分_分子": "1"}),
]

BAD: list[tuple[str, str, Row, str]] = [
    ("date_order", SEAL, {"申請年月日": "2024-04-02", "登録年月日": "2024-04-01"}, "登録年月日"),
    ("date_order", MEASURE, {"申出年月日": "2024-04-11", "支援措置開始年月日": "2024-04-10"}, "支援措置開始年月日"),
    ("date_order", FORMER, {"旧氏_請求年月日": "2022-04-11", "旧氏_記載年月日": "2022-04-10"}, "旧氏_記載年月日"),
    ("date_order", CHILD, {"児童_生年月日": "2024-05-01", "算定対象開始年月": "2024-04"}, "算定対象開始年月"),
    ("date_order", CHILD, {"算定対象開始年月": "2024-05", "算定対象終了年月": "2024-03"}, "算定対象終了年月"),
    ("date_order", CAR, {"取得年月日": "2024-04-01", "申告年月日": "1990-01-01"}, "申告年月日"),
    ("date_order", LEVY, {"納期限": "2024-06-30", "督促年月日": "2024-06-01"}, "督促年月日"),
    ("date_order", CARD, {"登録証交付年月日": "2024-06-30", "返納年月日": "2020-06-01"}, "返納年月日"),
    ("date_order", ALLOWANCE, {"認定請求年月日": "2024-06-30", "認定年月日": "2020-06-01"}, "認定年月日"),
    ("date_future", PENSION, {"資格取得年月日": "2033-04-01"}, "資格取得年月日"),
    ("date_future", CAR, {"申告年月日": "2026-11-21"}, "申告年月日"),
    ("date_future", LEVY, {"完納年月日": "2026-12-01"}, "完納年月日"),
    ("date_before_law", NUMBERS, {"個人番号_指定年月日": "1999-10-05"}, "個人番号_指定年月日"),
    ("date_before_law", FORMER, {"旧氏_記載年月日": "2010-04-01"}, "旧氏_記載年月日"),
    ("part_over_total", TAX, {"所得控除合計額": "430000", "社会保険料控除額": "88000000"}, "所得控除合計額"),
    ("part_over_total", TAX, {"所得控除合計額": "5", "医療費控除額": "3", "基礎控除額": "3"}, "所得控除合計額"),
    ("part_over_total", TAX, {"合計所得金額": "5", "総所得金額等": "6"}, "合計所得金額"),
    ("part_over_total", SHARE, {"持分_分母": "4", "持分_分子": "5"}, "持分_分母"),
]


@pytest.mark.parametrize(("rule", "name", "row"), GOOD)
def test_legal_rows_pass(rule: str, name: str, row: Row) -> None:
    assert refused(rule, [row], name) == set()


@pytest.mark.parametrize(("rule", "name", "row", "item"), BAD)
def test_wrong_rows_are_named(rule: str, name: str, row: Row, item: str) -> None:
    assert refused(rule, [row], name) == {(1, item)}


def test_a_card_is_given_out_after_the_first_registration() -> None:
    seals = [
        {"印鑑登録番号": "1", "履歴番号": "1", "登録年月日": "2015-06-01"},
        {"印鑑登録番号": "1", "履歴番号": "2", "登録年月日": "2020-06-01"},
    ]
    cards = [
        {"印鑑登録番号": "1", "登録証交付年月日": day}
        for day in ("2015-05-31", "2015-06-01", "2016-01-01", "", "2015-99-99")
    ]
    assert World({SEAL: seals, CARD: cards}).refused("date_before_parent") == {(1, "登録証交付年月日", "warning")}


def test_a_seal_needs_its_card_where_it_names_one() -> None:
    rows = [("1", "2", "C1"), ("2", "2", "C2"), ("3", "2", ""), ("4", "9", "C4"), ("5", "1", "C5")]
    seals = [
        {"印鑑登録番号": number, "印鑑登録状態": state, "印鑑登録証番号": card, "最新フラグ": "1"}
        for number, state, card in rows
    ]
    world = World({SEAL: seals, CARD: [{"印鑑登録番号": "1", "印鑑登録証番号": "C1"}]})
    assert world.refused("counterpart_missing") == {(2, "印鑑登録番号", "warning")}


def test_a_recipient_needs_a_child_while_the_allowance_runs() -> None:
    people = [
        {"認定番号": "1", "最新フラグ": "1"},
        {"認定番号": "2", "最新フラグ": "1"},
        {"認定番号": "3", "最新フラグ": "1", "消滅年月日": "2020-01-01"},
    ]
    world = World({ALLOWANCE: people, CHILD: [{"認定番号": "1", "児童_宛名番号": "9"}]})
    assert world.refused("counterpart_missing") == {(2, "認定番号", "warning")}
    assert World({ALLOWANCE: people}).refused("counterpart_missing") == set()


def test_a_levy_needs_its_tax_in_the_years_that_were_carried() -> None:
    def levy(who: str, year: str, notice: str, **items: str) -> Row:
        base = {"税目コード": "01", "徴収方法": "1", "宛名番号": who, "賦課年度": year, "通知書番号": notice}
        return base | items

    levies = [
        levy("1", "2026", "N1"), levy("2", "2026", "N2"), levy("3", "2019", "N3"), levy("4", "2026", "N1"),
        levy("5", "2026", "N5", 徴収方法="2"), levy("6", "2026", "N6", 税目コード="03"),
    ]  # fmt: skip
    taxes = [{"年度": "2026", "宛名番号": "1", "最新フラグ": "1"}]
    parts = [{"年度": "2026", "宛名番号": "1", "通知書番号": "N1"}]
    assert World({LEVY: levies, TAX: taxes, PARTS: parts}).refused("counterpart_missing") == {
        (2, "賦課年度", "warning")
    }


def test_a_payment_is_of_the_person_who_was_billed() -> None:
    def of(who: str, notice: str) -> Row:
        return {"税目コード": "01", "年度": "2026", "賦課年度": "2026", "通知書番号": notice, "期別": "1"} | {
            "宛名番号": who
        }

    world = World({LEVY: [of("1", "N1"), of("2", "N2")], PAID: [of("1", "N1"), of("1", "N2"), of("1", "N9")]})
    assert world.refused("person_differs") == {(2, "宛名番号", "warning")}


def test_names_of_the_other_kind() -> None:
    people = [
        {"宛名番号": "1", "最新フラグ": "1", "住民種別": "1", "住民状態": "1"},
        {"宛名番号": "2", "最新フラグ": "1", "住民種別": "2", "住民状態": "1"},
        {"宛名番号": "3", "最新フラグ": "0", "住民種別": "2", "住民状態": "1"},
        {"宛名番号": "3", "最新フラグ": "1", "住民種別": "1", "住民状態": "1"},
    ]
    alias = [{"宛名番号": who, "通称": "見本　太郎"} for who in "1234"]
    former = [{"宛名番号": who, "旧氏": "見本"} for who in "1234"]
    world = World({RESIDENTS: people, ALIAS: alias, FORMER: former})
    assert world.refused("name_kind") == {(1, "通称", "error"), (2, "旧氏", "error")}


def test_the_address_of_a_seal_is_the_registers() -> None:
    def lives(who: str, area: str, block: str, state: str = "1") -> Row:
        base = {"宛名番号": who, "最新フラグ": "1", "住民種別": "1", "住民状態": state}
        return base | {"住所_町字": area, "住所_番地号表記": block}

    def seal(who: str, address: str) -> Row:
        return {"宛名番号": who, "印鑑登録番号": who, "最新フラグ": "1", "住所": address}

    people = [lives(who, "本町", "１番１号") for who in "12345"]
    people += [
        lives("9", "中央二丁目", "５番８号"),
        lives("10", "中央十二丁目", "５番"),
        lives("11", "西町三丁目", "１番"),
    ]
    people += [lives("6", "東町", "５番地２", "2"), lives("7", "", ""), lives("8", "本町", "１番１号")]
    seals = [
        seal("1", "見本県見本郡見本町本町１番１号　見本荘"),
        seal("2", "見本県見本郡見本町　本町１－１"),
        seal("3", "見本県見本郡見本町本町１２番１号"),
        seal("4", "見本県見本郡見本町東町１番１号"),
        seal("5", ""),
        seal("6", "見本県見本郡見本町本町９番"),
        seal("7", "見本県見本郡見本町本町９番"),
        seal("9", "見本県見本郡見本町中央２－５－８"),
        seal("10", "見本県見本郡見本町中央１２丁目５番地"),
        seal("11", "見本県見本郡見本町西町一丁目１番"),
        seal("8", "見本県見本郡見本町本町１－１　本町ビル９号"),
    ]
    world = World({RESIDENTS: people, SEAL: seals})
    assert world.refused("address_differs") == {(row, "住所", "warning") for row in (3, 4, 10)}


def test_who_came_back_under_a_new_number() -> None:
    def one(who: str, state: str, name: str = "見本　花子") -> Row:
        base = {"宛名番号": who, "最新フラグ": "1", "住民状態": state, "氏名": name}
        return base | {"生年月日": "1980-01-01", "性別": "2"}

    people = [one("1", "2"), one("2", "1", "見本花子"), one("3", "3", "例示　花子"), one("4", "1", "例示　花子")]
    people += [
        one("5", "2", "試作　花"),
        one("6", "2", "試作　花"),
        one("7", "1", "架空　桜"),
        one("7", "2", "架空　桜"),
    ]
    assert World({RESIDENTS: people}).refused("person_returned") == {(1, "氏名", "note"), (2, "氏名", "note")}


def test_numbers_that_belong_to_one_household_or_one_person() -> None:
    def insured(who: str, home: str, number: str, branch: str = "", **items: str) -> Row:
        base = {"宛名番号": who, "世帯番号": home, "記号": "99", "番号": number, "枝番": branch}
        return base | {"最新フラグ": "1"} | items

    def judged(*rows: Row) -> set[int]:
        return {record for record, _, _ in World({HEALTH: rows}).refused("business_number_shared")}

    assert judged(insured("1", "A", "001", "01"), insured("2", "A", "001", "02")) == set()
    assert judged(insured("1", "A", "001"), insured("2", "A", "001")) == set()
    assert judged(insured("1", "A", "001", "01"), insured("2", "A", "001", "01")) == {1, 2}
    assert judged(insured("1", "A", "001", "01"), insured("2", "B", "001", "02")) == {1, 2}
    assert judged(insured("1", "A", "001", "01", 資格喪失年月日="2020-01-01"), insured("2", "B", "001", "02")) == set()
    assert judged(insured("1", "A", "001") | {"記号": "98"}, insured("2", "B", "001")) == set()


def test_a_notice_is_addressed_to_one() -> None:
    def tax(who: str, year: str, notice: str) -> Row:
        base = {"納税義務者_宛名番号": who, "年度": year, "通知書番号": notice}
        return base | {"最新フラグ": "1", "標識番号": f"あ{who}{year}"}

    world = World({CAR_TAX: [tax("1", "2026", "K001"), tax("2", "2026", "K001"), tax("3", "2025", "K001")]})
    assert world.refused("business_number_shared") == {(1, "通知書番号", "warning"), (2, "通知書番号", "warning")}


def test_a_history_number_nought_among_histories_from_one() -> None:
    def version(who: int, number: int) -> Row:
        return {"宛名番号": str(who), "個人履歴番号": str(number), "個人履歴番号_枝番号": "0", "最新フラグ": "1"}

    usual = [version(who, 1) for who in range(1, 41)]
    found = World({RESIDENTS: [*usual, version(99, 0)]}).refused("history_gap")
    assert found == {(41, "個人履歴番号", "error")}
    assert World({RESIDENTS: [version(who, 0) for who in range(1, 41)]}).refused("history_gap") == set()


@pytest.mark.parametrize("name", ["counterparts", "parent_days", "persons", "parts"])
def test_tables_name_groups_and_items_of_the_catalog(name: str) -> None:
    for row in _data.table(name):
        known = group(row["グループ"]).by_name
        for key in ("項目", "日", "人", "総額", "内訳", "通知書"):
            assert {part for part in row.get(key, "").split("|") if part} <= known.keys(), row
        for place, items in (("相手", "相手の項目"), ("通知書の相手", "通知書の項目")):
            if row.get(place):
                assert set(row[items].split("|")) <= group(row[place]).by_name.keys(), row
        if row.get("条件"):
            parse(row["条件"], known)
        parents = [one.targets[0] for one in references(group(row["グループ"]))]
        for key in ("親の日", "親の人"):
            assert not row.get(key) or any(
                row[key] in group(f"{one.business}/{one.group}").by_name for one in parents
            ), row


def test_the_table_of_first_days_names_items_of_the_catalog() -> None:
    for row in _data.table("first_days"):
        assert row["項目"] in {"住民票情報": group("住民基本台帳/住民情報").by_name}.get(
            row["グループ"], {row["項目"]: None}
        ), row
