"""Every record of a made town is valid. Oracle: the catalog, read here with rules written for this test."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl
import pytest
from stdnum.jp import cn, in_

from yakuba.layouts.condition import expression, parse
from yakuba.layouts.model import DataType, Group, Item, Layout, Output
from yakuba.layouts.read import standard

if TYPE_CHECKING:
    from yakuba.town.records import Town

_SELECTORS = re.compile("[\U000e0100-\U000e01ef]")
_FORMS = {
    DataType.HALF: re.compile(r"[\x20-\x7e]*"),
    DataType.FULL: re.compile(r"[^\x00-\x7f｡-ﾟ\ue000-\uf8ff]*"),
    DataType.INTEGER: re.compile(r"(0|[1-9][0-9]*)?"),
    DataType.SIGNED: re.compile(r"(0|-?[1-9][0-9]*)?"),
    DataType.DECIMAL: re.compile(r"((0|[1-9][0-9]*)\.[0-9]+)?"),
    DataType.YEAR: re.compile(r"([0-9]{4})?"),
    DataType.TIME: re.compile(r"(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])?"),
    DataType.BLOB: re.compile(r"[\x21-\x7e]*"),
}
_LAYOUTS = {layout.business: layout for layout in standard("kihon").layouts}
_RESIDENTS = "住民基本台帳/住民情報"


def _groups(town: Town) -> list[tuple[str, Layout, Group, pl.DataFrame]]:
    found = []
    for name, frame in town.records.items():
        business, _, group = name.partition("/")
        found.append((name, _LAYOUTS[business], _LAYOUTS[business].by_name[group], frame))
    return found


def _values(frame: pl.DataFrame, item: Item) -> list[str]:
    return frame[item.name].unique().to_list() if item.name in frame.columns else []


def _is_day(value: str) -> bool:
    return value == "" or pl.Series([value]).str.to_date("%Y-%m-%d", strict=False).is_not_null().all()


def test_columns_are_items_of_the_catalog(town: Town) -> None:
    for name, _, group, frame in _groups(town):
        assert set(frame.columns) <= set(group.by_name), name
        assert frame.null_count().sum_horizontal()[0] == 0, name
        assert frame.height > 0 or name == "住民基本台帳/支援措置併支援者", name


def test_values_have_the_form_of_their_type(town: Town) -> None:
    for name, layout, group, frame in _groups(town):
        for item in group.items:
            for value in _values(frame, item):
                where = f"{name}.{item.name} = {value!r}"
                if item.type is DataType.DATE:
                    assert _is_day(value) or (item.unknown_date and value.endswith("-02-29")), where
                    continue
                assert _FORMS[item.type].fullmatch(value), where
                seen = len(_SELECTORS.sub("", value.partition(".")[0] if item.fraction else value))
                assert item.digits is None or seen <= item.digits, where
                if item.codes:
                    assert value in ("", *layout.codes[item.codes].values), where


def test_what_is_required_is_there(town: Town) -> None:
    for name, _, group, frame in _groups(town):
        whole = frame.with_columns(
            pl.lit("").alias(item.name) for item in group.items if item.name not in frame.columns
        )
        for item in group.items:
            if item.output is Output.REQUIRED:
                assert not (whole[item.name] == "").any(), f"{name}.{item.name}"
            elif item.output is Output.CONDITIONAL and item.condition:
                holds = expression(parse(item.condition, group.by_name))
                assert whole.filter(holds & (pl.col(item.name) == "")).is_empty(), f"{name}.{item.name}"


def test_keys_are_unique(town: Town) -> None:
    for name, _, group, frame in _groups(town):
        assert not frame.select(item.name for item in group.keys).is_duplicated().any(), name


def test_references_lead_somewhere(town: Town) -> None:
    people = set(town.records[_RESIDENTS]["宛名番号"])
    elsewhere = set(town.records["住登外者宛名番号管理/住登外者宛名基本情報"]["宛名番号"])
    assert not people & elsewhere
    for name, _, group, frame in _groups(town):
        for item in group.items:
            if item.foreign.startswith(f"{_RESIDENTS}.宛名番号") and item.name in frame.columns:
                known = people | elsewhere if "住登外" in item.foreign else people
                assert set(frame[item.name]) - {""} <= known, f"{name}.{item.name}"


def test_histories_run_from_one_and_end_with_the_current_row(town: Town) -> None:
    frame = town.records[_RESIDENTS].with_columns(pl.col("個人履歴番号").cast(pl.Int64))
    for _, rows in frame.group_by("宛名番号"):
        assert rows["個人履歴番号"].to_list() == list(range(1, rows.height + 1))
        assert rows["最新フラグ"].to_list() == ["0"] * (rows.height - 1) + ["1"]


def test_every_living_household_has_one_head_whose_name_all_members_carry(town: Town) -> None:
    live = town.records[_RESIDENTS].filter((pl.col("最新フラグ") == "1") & (pl.col("住民状態") == "1"))
    for _, rows in live.group_by("世帯番号"):
        heads = rows.filter(pl.col("続柄コード1") == "02")
        assert heads.height == 1
        assert set(rows["世帯主氏名"]) == {heads["氏名"][0]}


def test_names_are_put_together_from_their_parts(town: Town) -> None:
    japanese = town.records[_RESIDENTS].filter(pl.col("住民種別") == "1")
    for whole, family, given in (
        ("氏名", "氏_日本人", "名_日本人"),
        ("氏名_フリガナ", "氏_日本人_フリガナ", "名_日本人_フリガナ"),
    ):
        assert (japanese[whole] == japanese[family] + "　" + japanese[given]).all()


def test_nothing_happens_before_birth_or_after_today(town: Town) -> None:
    frame = town.records[_RESIDENTS]
    for item in ("異動年月日", "異動届出年月日", "住民となった年月日", "住所を定めた年月日", "処理年月日"):
        filled = frame.filter(pl.col(item) != "")
        assert (filled[item] >= filled["生年月日"]).all(), item
        coming = pl.col("異動事由").is_in(["21", "22"]) & (pl.col("住民状態") == "1")
        assert (filled.filter(~coming | (item != "異動年月日"))[item] <= "2026-11-20").all(), item
    assert (frame["住所を定めた年月日"] >= frame["住民となった年月日"]).all()


def test_addresses_agree_with_the_dictionary(town: Town) -> None:
    known = set(town.dictionary)
    columns = ("住所_町字コード", "住所_町字", "住所_郵便番号")
    assert set(town.records[_RESIDENTS].select(columns).unique().iter_rows()) <= known
    assert all(postal.startswith("000") for _, _, postal in known)


def test_check_digits_hold_and_belong_to_nobody(town: Town) -> None:
    numbers = town.records["住民基本台帳/個人番号管理"]["個人番号"].to_list()
    assert len(set(numbers)) == len(numbers)
    assert all(in_.is_valid(number) and number.startswith("99") for number in numbers)
    companies = town.records["個人住民税/特別徴収義務者"]["法人番号"].to_list()
    assert all(cn.is_valid(number) and number[1:3] == "99" for number in companies)


def test_taxes_add_up(town: Town) -> None:
    keys = ["年度", "宛名番号", "更正回数"]
    parts = town.records["個人住民税/期割情報"].with_columns(pl.col("期別税額").cast(pl.Int64))
    sums = parts.group_by(keys).agg(pl.col("期別税額").sum().alias("sum"))
    levied = (
        town.records["個人住民税/賦課情報"]
        .with_columns(pl.col("年税額").cast(pl.Int64))
        .join(sums, on=keys, how="left")
    )
    assert (levied["年税額"] == levied["sum"].fill_null(0)).all()
    amounts = [
        "市町村民税_所得割額",
        "道府県民税_所得割額",
        "市町村民税_均等割額",
        "道府県民税_均等割額",
        "森林環境税額",
    ]
    total = levied.select(pl.sum_horizontal(pl.col(name).cast(pl.Int64) for name in amounts)).to_series()
    assert (total == levied["年税額"]).all()


def test_the_worked_example_of_the_domain_facts() -> None:
    # 2025 年度, single, salary 3,000,000, social insurance 450,000 → 116,500 (domain facts 3.8, re-computed there).
    from yakuba.town import taxes

    income = taxes._salary_income(3_000_000)
    assert income == 2_020_000
    base = (income - 430_000 - 450_000) // 1000 * 1000
    town_credit, prefecture_credit = taxes._credits(base)
    town, prefecture = base * 6 // 100 - town_credit, base * 4 // 100 - prefecture_credit
    assert (town, prefecture) == (66_900, 44_600)
    assert town // 100 * 100 + prefecture // 100 * 100 + 5000 == 116_500


@pytest.mark.parametrize("total", [0, 4000, 5000, 116_500, 999_900])
@pytest.mark.parametrize("withheld", [True, False])
def test_parts_are_the_whole(total: int, withheld: bool) -> None:
    from yakuba.town import taxes

    parts = taxes._parts(total, withheld=withheld)
    assert sum(parts) == total
    assert len(parts) in (0, 4, 12)
