"""Rules on years, states and amounts of other businesses: bad, good, and legal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.migration.checks.world import Row, World, refused

SEAL = "印鑑登録/印鑑登録原票"
CARD = "印鑑登録/印鑑登録証"
KOKUHO = "国民健康保険/資格情報"
PARENT = "児童手当/受給者情報"
CHILD = "児童手当/児童情報"
TAX = "個人住民税/賦課情報"
INCOME = "個人住民税/所得情報"
LEVY = "収滞納管理/調定情報"
RECEIPT = "収滞納管理/収納情報"
CAR = "軽自動車税/車両台帳"
CAR_TAX = "軽自動車税/賦課情報"
MEASURE = "住民基本台帳/支援措置"


# --- amounts of one row


@pytest.mark.parametrize(
    ("group", "row", "bad"),
    [
        (CAR_TAX, {"年税額": "-10800"}, {"年税額"}),
        (CAR_TAX, {"年税額": "10800"}, set()),
        (CAR_TAX, {"減免税額": "-10800"}, set()),
        (LEVY, {"調定額": "-100", "調定区分": "1"}, {"調定額"}),
        (LEVY, {"調定額": "-100", "調定区分": "4"}, set()),
        (LEVY, {"未納額": "-100"}, set()),
        (RECEIPT, {"収納額": "-100", "収納区分": "1"}, {"収納額"}),
        (RECEIPT, {"収納額": "-100", "収納区分": "3"}, set()),
        (INCOME, {"収入金額": "-1", "所得金額": "-500000"}, {"収入金額"}),
        (TAX, {"合計所得金額": "-500000", "総所得金額等": "-1"}, set()),
    ],
)
def test_amounts_below_zero(group: str, row: Row, bad: set[str]) -> None:
    assert {item for _, item in refused("amount_negative", [row], group)} == bad


@pytest.mark.parametrize(
    ("group", "row", "bad"),
    [
        (TAX, {"課税区分": "3", "年税額": "116500"}, True),
        (TAX, {"課税区分": "0", "年税額": "5000"}, True),
        (TAX, {"課税区分": "3", "年税額": "0"}, False),
        (TAX, {"課税区分": "1", "年税額": "0"}, True),
        (TAX, {"課税区分": "1", "年税額": "0", "市町村民税_減免額": "5000"}, False),
        (TAX, {"課税区分": "1", "年税額": ""}, False),
        (TAX, {"課税区分": "2", "年税額": "5000"}, False),
        (CAR_TAX, {"課税区分": "1", "年税額": "0"}, True),
        (CAR_TAX, {"課税区分": "4", "年税額": "0"}, False),
        (CAR_TAX, {"課税区分": "2", "年税額": "0"}, False),
    ],
)
def test_kind_of_taxation_and_tax(group: str, row: Row, *, bad: bool) -> None:
    assert bool(refused("tax_kind", [row], group)) is bad


STEPS = {
    "年度": "2025", "総所得金額等": "2020000", "所得控除合計額": "880000", "課税標準額_総所得": "1140000",
    "市町村民税_算出所得割額": "68400", "市町村民税_調整控除額": "1500", "市町村民税_所得割額": "66900",
    "道府県民税_算出所得割額": "45600", "道府県民税_調整控除額": "1000", "道府県民税_所得割額": "44600",
}  # fmt: skip
"""The worked example of the tax: single, salary 3,000,000, social insurance 450,000."""


@pytest.mark.parametrize(
    ("change", "bad"),
    [
        ({}, set()),
        ({"市町村民税_所得割額": "67600"}, {"市町村民税_所得割額"}),
        ({"市町村民税_所得割額": "50000"}, set()),  # 住宅借入金等
        ({"課税標準額_総所得": "1150000"}, {"課税標準額_総所得", "市町村民税_算出所得割額", "道府県民税_算出所得割額"}),
        ({"市町村民税_算出所得割額": "91200", "道府県民税_算出所得割額": "22800", "道府県民税_所得割額": "0"}, set()),
        ({"市町村民税_算出所得割額": "70000"}, {"市町村民税_算出所得割額"}),
        ({"課税標準額_総所得": "0", "市町村民税_所得割額": "0", "道府県民税_所得割額": "0"}, set()),
        ({"課税標準額_総所得": "900000", "課税標準額_株式等譲渡": "500000"}, set()),
        ({"総所得金額等": ""}, set()),
        ({"総所得金額等": "？"}, set()),
        ({"年度": "2005", "市町村民税_算出所得割額": "70000"}, set()),
    ],
)
def test_steps_of_the_tax(change: Row, bad: set[str]) -> None:
    assert {item for _, item in refused("tax_step", [{**STEPS, **change}], TAX)} == bad


@given(st.integers(0, 20_000), st.sampled_from([(6, 4), (8, 2)]))
def test_a_tax_that_follows_the_steps_is_never_refused(base: int, rates: tuple[int, int]) -> None:
    town, prefecture = (base * 1000 * rate // 100 for rate in rates)
    row = {
        "年度": "2025", "総所得金額等": str(base * 1000 + 430_999), "所得控除合計額": "430000",
        "課税標準額_総所得": str(base * 1000), "市町村民税_算出所得割額": str(town), "市町村民税_調整控除額": "1500",
        "市町村民税_所得割額": str(max(0, town - 1500) // 100 * 100), "道府県民税_算出所得割額": str(prefecture),
        "道府県民税_調整控除額": "1000", "道府県民税_所得割額": str(max(0, prefecture - 1000) // 100 * 100),
    }  # fmt: skip
    assert refused("tax_step", [row], TAX) == set()


@pytest.mark.parametrize(
    ("row", "bad"),
    [
        ({"完納年月日": "2026-07-10", "未納額": "29000"}, True),
        ({"完納年月日": "2026-07-10", "未納額": "0"}, False),
        ({"完納年月日": "2026-07-10", "未納額": "-500"}, False),
        ({"完納年月日": "", "未納額": "29000"}, False),
    ],
)
def test_paid_in_full(row: Row, *, bad: bool) -> None:
    assert bool(refused("paid_in_full", [row], LEVY)) is bad


@pytest.mark.parametrize(
    ("group", "row", "bad"),
    [
        (SEAL, {"印鑑登録状態": "2", "抹消年月日": "2024-04-01"}, {"抹消年月日"}),
        (SEAL, {"印鑑登録状態": "2", "抹消事由": "21"}, {"抹消事由"}),
        (SEAL, {"印鑑登録状態": "9", "抹消年月日": "2024-04-01", "抹消事由": "21"}, set()),
        (CARD, {"登録証状態": "1", "返納年月日": "2024-04-01"}, {"返納年月日"}),
        (KOKUHO, {"資格喪失事由": "01"}, {"資格喪失事由"}),
        (KOKUHO, {"資格喪失事由": "01", "資格喪失年月日": "2024-04-01"}, set()),
        (LEVY, {"収納済額": "100", "未納額": "0"}, {"完納年月日"}),
        (LEVY, {"収納済額": "100", "未納額": "0", "不納欠損有無": "1"}, set()),
        (LEVY, {"収納済額": "0", "未納額": "0"}, set()),
    ],
)
def test_contradictions(group: str, row: Row, bad: set[str]) -> None:
    assert {item for _, item in refused("contradiction", [row], group)} == bad


@pytest.mark.parametrize(
    ("value", "bad"), [("2013-13", True), ("2013-00", True), ("201304", True), ("2013-04", False), ("", False)]
)
def test_year_and_month(value: str, *, bad: bool) -> None:
    assert bool(refused("year_month", [{"受給開始年月": value}], PARENT)) is bad


@pytest.mark.parametrize(
    ("group", "row", "bad"),
    [
        (TAX, {"年度": "2062"}, {"年度"}),
        (TAX, {"年度": "2027"}, set()),
        (TAX, {"年度": "2025", "賦課決定年月日": "1988-06-01"}, {"賦課決定年月日"}),
        (TAX, {"年度": "2025", "賦課決定年月日": "2025-03-31"}, set()),
        (TAX, {"年度": "2025", "賦課決定年月日": "2031-06-01"}, set()),
        (LEVY, {"年度": "2026", "賦課年度": "2021", "納期限": "2021-06-30"}, set()),
        (LEVY, {"年度": "2026", "賦課年度": "2026", "納期限": "2026-03-31"}, {"納期限"}),
        (LEVY, {"年度": "2025", "賦課年度": "2025", "納期限": "2062-06-30"}, {"納期限"}),
        (LEVY, {"年度": "？", "賦課年度": "", "納期限": "2021-06-30"}, set()),
    ],
)
def test_years(group: str, row: Row, bad: set[str]) -> None:
    assert {item for _, item in refused("year_out_of_range", [row], group)} == bad


@pytest.mark.parametrize(
    ("row", "bad"),
    [
        ({"支援措置状態": "1", "支援措置終了年月日": "2021-06-30", "仮支援措置有無": "1"}, True),
        ({"支援措置状態": "1", "仮支援措置有無": "1"}, False),
        ({"支援措置状態": "4", "支援措置終了年月日": "2021-06-30"}, False),
    ],
)
def test_a_measure_asked_for_whose_end_has_passed(row: Row, *, bad: bool) -> None:
    assert bool(refused("protection_without_end", [row], MEASURE)) is bad


# --- sums and amounts over rows

KEY = {"年度": "2025", "宛名番号": "1", "更正回数": "0", "最新フラグ": "1"}


def test_year_tax_is_the_sum_of_its_parts() -> None:
    parts = {
        "市町村民税_所得割額": "66900", "道府県民税_所得割額": "44600", "市町村民税_均等割額": "3000",
        "道府県民税_均等割額": "1000", "森林環境税額": "1000",
    }  # fmt: skip
    rows = [
        {**KEY, **parts, "年税額": "116500"},
        {**KEY, **parts, "年税額": "116600"},
        {**KEY, **parts, "年税額": "106500", "市町村民税_定額減税額": "6000", "道府県民税_定額減税額": "4000"},
        {**KEY, **parts, "年税額": "116500", "市町村民税_定額減税額": "6000"},
        {**KEY, **parts, "年税額": "116500", "市町村民税_所得割額": "？"},
    ]
    assert World({TAX: rows}).refused("sum_mismatch") == {(2, "年税額", "error")}


def test_receipts_and_ledger() -> None:
    key = {"税目コード": "01", "年度": "2025", "賦課年度": "2025", "期別": "1"}
    levies = [{**key, "通知書番号": number, "収納済額": "1000"} for number in "12345"]
    paid = [
        {**key, "通知書番号": "1", "収納額": "1000", "収納区分": "1"},
        {**key, "通知書番号": "2", "収納額": "1500", "収納区分": "1"},
        {**key, "通知書番号": "3", "収納額": "600", "収納区分": "1"},
        {**key, "通知書番号": "3", "収納額": "400", "収納区分": "1"},
        {**key, "通知書番号": "4", "収納額": "1500", "収納区分": "1"},
        {**key, "通知書番号": "4", "収納額": "500", "収納区分": "3"},
    ]
    assert World({LEVY: levies, RECEIPT: paid}).refused("sum_mismatch") == {(2, "収納済額", "error")}


def test_allowance_of_a_family() -> None:
    parents = [
        {"認定番号": "1", "履歴番号": "1", "最新フラグ": "1", "手当月額": "40000"},
        {"認定番号": "2", "履歴番号": "1", "最新フラグ": "1", "手当月額": "15000"},
        {"認定番号": "3", "履歴番号": "1", "最新フラグ": "1", "手当月額": "0", "消滅年月日": "2025-04-01"},
        {"認定番号": "4", "履歴番号": "1", "最新フラグ": "0", "手当月額": "5"},
    ]
    children = [
        {"認定番号": "1", "児童_宛名番号": "11", "手当月額": "10000"},
        {"認定番号": "1", "児童_宛名番号": "12", "手当月額": "30000"},
        {"認定番号": "1", "児童_宛名番号": "13", "手当月額": "10000", "算定対象終了年月": "2026-03"},
        {"認定番号": "2", "児童_宛名番号": "21", "手当月額": "10000", "算定対象終了年月": "2026-11"},
        {"認定番号": "3", "児童_宛名番号": "31", "手当月額": "10000"},
        {"認定番号": "4", "児童_宛名番号": "41", "手当月額": "10000"},
    ]
    assert World({PARENT: parents, CHILD: children}).refused("sum_mismatch") == {(2, "手当月額", "error")}


def test_kinds_of_income() -> None:
    totals = [{**KEY, "宛名番号": str(number), "合計所得金額": "2020000"} for number in range(1, 6)]
    kinds = [
        {**KEY, "宛名番号": "1", "所得種別": "01", "収入金額": "3000000", "所得金額": "2020000"},
        {**KEY, "宛名番号": "2", "所得種別": "01", "収入金額": "3000000", "所得金額": "2070000"},
        {**KEY, "宛名番号": "3", "所得種別": "03", "収入金額": "1", "所得金額": "-80000"},
        {**KEY, "宛名番号": "4", "所得種別": "12", "収入金額": "1", "所得金額": "4040000"},
    ]
    for row in kinds:
        del row["最新フラグ"]
    assert World({TAX: totals, INCOME: kinds}).refused("income_mismatch") == {(2, "合計所得金額", "warning")}


def test_amounts_that_the_law_fixes() -> None:
    flat = [{**KEY, "市町村民税_均等割額": amount} for amount in ("3000", "0", "1766", "3500")]
    flat.append({**KEY, "年度": "2023", "市町村民税_均等割額": "3500"})
    flat.append({**KEY, "市町村民税_均等割額": "1500", "市町村民税_減免額": "1500"})
    assert World({TAX: flat}).refused("amount_unknown") == {
        (3, "市町村民税_均等割額", "warning"),
        (4, "市町村民税_均等割額", "warning"),
    }
    local = [{**KEY, "市町村民税_均等割額": "3900"}] * 12
    assert World({TAX: local}).refused("amount_unknown") == set()
    children = [{"認定番号": "1", "手当月額": amount} for amount in ("10000", "11100", "30000", "")]
    assert World({CHILD: children}).refused("amount_unknown") == {(2, "手当月額", "warning")}


def test_tax_of_a_class_of_vehicle() -> None:
    cars = [
        {"標識番号": plate, "履歴番号": "1", "最新フラグ": "1", "車種区分": kind}
        for plate, kind in (("あ１", "31"), ("あ２", "01"), ("あ３", ""))
    ]
    taxes = [
        {"年度": "2026", "標識番号": plate, "更正回数": "0", "最新フラグ": "1", "年税額": amount}
        for plate, amount in (
            ("あ１", "10800"), ("あ１", "12900"), ("あ１", "2700"), ("あ１", "10877"), ("あ２", "10800"), ("あ３", "7"),
        )
    ]  # fmt: skip
    world = World({CAR_TAX: taxes, CAR: cars})
    assert world.refused("amount_unknown") == {(4, "年税額", "warning"), (5, "年税額", "warning")}


def test_paid_before_it_was_levied() -> None:
    key = {"税目コード": "01", "年度": "2026", "賦課年度": "2026", "期別": "1"}
    levies = [
        {**key, "通知書番号": number, "調定年月日": "2026-06-01", "調定区分": kind, "税目コード": tax}
        for number, kind, tax in (("1", "1", "01"), ("2", "3", "01"), ("3", "1", "02"))
    ]
    paid = [
        {**key, "通知書番号": "1", "領収年月日": "2019-06-10", "収納年月日": "2026-06-12"},
        {**key, "通知書番号": "1", "領収年月日": "2026-06-01", "収納年月日": "2026-06-12"},
        {**key, "通知書番号": "2", "領収年月日": "2019-06-10"},
        {**key, "通知書番号": "3", "領収年月日": "2019-06-10", "税目コード": "02"},
    ]
    assert World({LEVY: levies, RECEIPT: paid}).refused("paid_before_levy") == {(1, "領収年月日", "warning")}
