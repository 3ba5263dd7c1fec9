"""A made town looks like a small rural town of Japan. Bounds: our own judgement of published statistics."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from yakuba.town.records import Town

_RESIDENTS = "住民基本台帳/住民情報"


def _current(town: Town) -> pl.DataFrame:
    return town.records[_RESIDENTS].filter((pl.col("最新フラグ") == "1") & (pl.col("住民状態") == "1"))


def test_exactly_the_residents_asked_for(town: Town) -> None:
    assert _current(town).height == 1200
    assert town.population.residents == 1200


def test_ages_make_the_pyramid_of_an_ageing_town(town: Town) -> None:
    ages = [person.age for person in town.population.people if person.live]
    children, old = sum(age < 15 for age in ages) / 1200, sum(age >= 65 for age in ages) / 1200
    assert 0.07 < children < 0.18
    assert 0.22 < old < 0.38
    assert max(ages) < 110


def test_households_have_the_usual_size(town: Town) -> None:
    households = _current(town)["世帯番号"].n_unique()
    assert 1.9 < 1200 / households < 2.6


def test_histories_are_four_to_six_rows_long(town: Town) -> None:
    frame = town.records[_RESIDENTS]
    assert 3.5 < frame.height / frame["宛名番号"].n_unique() < 6.5


def test_removed_people_are_kept(town: Town) -> None:
    states = dict(town.records[_RESIDENTS].filter(pl.col("最新フラグ") == "1")["住民状態"].value_counts().iter_rows())
    assert states["2"] > 60
    assert states["3"] > 30


def test_frequent_surnames_are_frequent(town: Town) -> None:
    surnames = _current(town).filter(pl.col("氏_日本人") != "")["氏_日本人"].value_counts(sort=True)
    assert set(surnames["氏_日本人"].head(12)) & {"佐藤", "鈴木", "高橋", "田中", "伊藤"}
    assert surnames.height > 150


def test_hard_spellings_occur(town: Town) -> None:
    names = "".join(_current(town)["氏名"])
    for hard in ("髙", "𠮷", "葛\U000e0102", "辻\U000e0102", "齋", "﨑", "\ufa10"):
        assert hard in names, hard


def test_foreign_residents_have_full_width_letters_and_some_an_alias(town: Town) -> None:
    foreign = _current(town).filter(pl.col("住民種別") == "2")
    assert 5 < foreign.height < 80
    assert foreign["氏名_外国人ローマ字"].str.contains("^[Ａ-Ｚ　]+$").all()
    assert town.records["住民基本台帳/通称履歴"].height > 0


def test_some_are_protected(town: Town) -> None:
    assert town.records["住民基本台帳/支援措置"].height >= 2


def test_hard_dates_occur(town: Town) -> None:
    current = _current(town)
    assert current["生年月日"].str.ends_with("-02-29").any()
    assert (current["生年月日_不詳フラグ"] == "1").any()
    border = current.filter(pl.col("生年月日") == "1926-12-25")
    assert set(border["生年月日_元号"]) == {"2", "3"}
    assert (current["転出予定年月日"] > "2026-11-20").any()
    assert town.records["住民基本台帳/旧氏履歴"].height > 0
