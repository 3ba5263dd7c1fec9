"""住民基本台帳/住民情報 of a town: history rows joined with what stays the same in a person's life."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import polars as pl

from yakuba.town._frames import iso_date, stamped
from yakuba.town.addresses import PREFECTURE, TOWN
from yakuba.town.days import TODAY
from yakuba.town.life import Row, history
from yakuba.town.person_items import constant_items, removal_items

if TYPE_CHECKING:
    from yakuba.town.population import Population

GROUP = "住民基本台帳/住民情報"


def _people_frame(population: Population) -> pl.DataFrame:
    rows = [{"person": person.index, **constant_items(person), **removal_items(person)} for person in population.people]
    names = sorted({*_SOMETIMES, *(name for row in rows for name in row)} - {"person"})
    schema = {"person": pl.Int64(), **dict.fromkeys(names, pl.String())}
    return pl.DataFrame(rows, schema=schema).with_columns(pl.col(names).fill_null(""))


_SOMETIMES = (
    "住民となった年月日", "住民となった年月日_不詳フラグ", "氏名_外国人ローマ字", "外国人住民となった年月日",
    "外国人住民となった年月日_不詳フラグ", "在留カード等番号", "在留カード等番号区分", "国籍等_国名コード", "国籍名等",
    "第30条45規定区分", "住居地の届出の有無", "在留資格等コード", "在留期間等コード_年", "在留期間の満了の日",
    "given", "氏_日本人_フリガナ", "名_日本人_フリガナ", "本籍", "本籍_市区町村コード", "本籍_町字",
    "本籍_地番号または、街区符号", "戸籍_筆頭者_名", "removal", "state", "転出年月日（確定）", "転入通知年月日",
    *(f"{prefix}_{part}" for prefix in ("転入前住所", "転出先住所（確定）")
      for part in ("市区町村コード", "都道府県", "市区郡町村名", "町字", "番地号表記")),
)  # fmt: skip
"""Columns of a person that a very small town may not fill for anybody; they are there all the same."""


def resident_frame(population: Population, seed: int, insured: dict[int, dict[str, str]]) -> pl.DataFrame:
    """住民情報: one row per history row of every person, all items the town fills; text only.

    `insured`: items from other businesses by person index; they stand on the current row only.
    """
    rng = Random(seed ^ 0x5EED)  # noqa: S311 - fiction
    rows: list[Row] = []
    for person in population.people:
        rows.extend(history(person, rng))
    columns = dict(zip(Row._fields, zip(*rows, strict=True), strict=True))
    frame = pl.DataFrame(columns, schema_overrides={"person": pl.Int64()})
    frame = frame.join(_people_frame(population), on="person", how="left", maintain_order="left")
    frame = frame.join(_current_items(population, insured), on=["person", "last"], how="left", maintain_order="left")
    frame = frame.with_columns(pl.col(pl.String).fill_null(""))
    frame = stamped(frame.with_columns(*_expressions(population.municipality)), pl.col("processed"), 11)
    return frame.drop(*Row._fields, "given", "removal", "state", "除票", "転出予定", strict=False)


def _current_items(population: Population, insured: dict[int, dict[str, str]]) -> pl.DataFrame:
    rows: list[dict[str, str | int]] = []
    for index, cells in insured.items():
        person = population.people[index]
        adult = person.age >= 18 and person.entered < TODAY - 110  # noqa: PLR2004 - three months, one 定時登録
        voter = "" if person.foreign else "1" if adult else "0"
        rows.append({"person": index, "last": 1, "選挙人名簿登録有無": voter, **cells})
    insurances = (
        f"{name}資格{part}" for name in ("国保", "後期高齢", "介護", "年金") for part in ("有無", "取得年月日")
    )
    others = ("基礎年金番号", "年金資格種別", "児童手当資格区分", "児童手当受給開始年月", "選挙人名簿登録有無")
    names = sorted((*insurances, *others))
    schema = {"person": pl.Int64(), "last": pl.Int64(), **dict.fromkeys(names, pl.String())}
    return pl.DataFrame(rows, schema=schema)


def _expressions(municipality: str) -> list[pl.Expr]:
    text = pl.lit
    gone = pl.col("removed") > 0
    japanese = pl.col("住民種別") == "1"
    left = gone & pl.col("removal").is_in(["21", "22"])
    leaving = (pl.col("reason") == "21") & ~gone
    kind = pl.when(pl.col("reason").str.starts_with("1")).then(text("1")).when(gone).then(text("2"))
    return [
        text(municipality).alias("市区町村コード"),
        pl.col("number").cast(pl.String).alias("個人履歴番号"),
        text("0").alias("個人履歴番号_枝番号"),
        pl.col("last").cast(pl.String).alias("最新フラグ"),
        pl.col("household").alias("世帯番号"),
        pl.when(gone).then(pl.col("state")).otherwise(text("1")).alias("住民状態"),
        iso_date(pl.col("day")).alias("異動年月日"),
        text("0").alias("異動年月日_不詳フラグ"),
        iso_date(pl.col("notified")).alias("異動届出年月日"),
        pl.when(pl.col("notified") > 0)
        .then(pl.format("N{}{}", pl.col("notified"), (pl.col("person") % 1000).cast(pl.String).str.zfill(3)))
        .otherwise(text(""))
        .alias("届出番号"),
        pl.col("reason").alias("異動事由"),
        pl.col("kind").alias("異動区分"),
        kind.otherwise(text("3")).alias("記載等の種別"),
        pl.when(japanese)
        .then(pl.format("{}　{}", pl.col("surname"), pl.col("given")))
        .otherwise(pl.col("氏名_外国人ローマ字"))
        .alias("氏名"),
        _if(japanese, pl.col("surname")).alias("氏_日本人"),
        _if(japanese, pl.col("given")).alias("名_日本人"),
        pl.col("relation").alias("続柄コード1"),
        pl.col("relation_text").alias("続柄表記"),
        pl.col("head").alias("世帯主氏名"),
        text(municipality).alias("住所_市区町村コード"),
        pl.col("area").alias("住所_町字コード"),
        text(PREFECTURE).alias("住所_都道府県"),
        text(TOWN).alias("住所_市区郡町村名"),
        pl.col("town").alias("住所_町字"),
        pl.col("lot").alias("住所_番地号表記"),
        pl.col("building").alias("住所_方書"),
        pl.col("postal").alias("住所_郵便番号"),
        _if(japanese, pl.format("{}　{}", pl.col("surname"), pl.col("戸籍_筆頭者_名"))).alias("戸籍_筆頭者"),
        _if(japanese, pl.col("surname")).alias("戸籍_筆頭者_氏"),
        _if(gone, pl.col("removal")).alias("消除の事由"),
        _if(gone, iso_date(pl.col("notified"))).alias("消除の届出年月日"),
        _if(gone, iso_date(pl.col("day"))).alias("消除の異動年月日"),
        _if(gone, text("0")).alias("消除の異動年月日_不詳フラグ"),
        iso_date(pl.col("settled")).alias("住所を定めた年月日"),
        text("0").alias("住所を定めた年月日_不詳フラグ"),
        pl.col("area").str.slice(0, 4).alias("地区管理コード1"),
        pl.col("position").cast(pl.String).alias("記載順位"),
        pl.when((pl.col("person") % 971) == 970).then(text("1")).otherwise(text("0")).alias("成年被後見人_該当有無"),  # noqa: PLR2004 - about one in a thousand
        gone.cast(pl.Int8).cast(pl.String).alias("除票フラグ"),
        text("0").alias("履歴選択不可フラグ"),
        iso_date(pl.col("processed")).alias("処理年月日"),
        text("1").alias("統合宛名フラグ"),
        text("0").alias("他業務参照不可フラグ"),
        text("001").alias("業務ID"),
        text("0").alias("削除フラグ"),
        _if(left | leaving, iso_date(pl.col("notified"))).alias("転出届出年月日"),
        _if(left | leaving, iso_date(pl.col("day"))).alias("転出予定年月日"),
        *[_if(gone, pl.col(name)).alias(name) for name in _TARGET],
    ]


_TARGET = (
    "転出年月日（確定）",
    "転入通知年月日",
    *(f"転出先住所（確定）_{part}" for part in ("市区町村コード", "都道府県", "市区郡町村名", "町字", "番地号表記")),
)


def _if(condition: pl.Expr, value: pl.Expr) -> pl.Expr:
    return pl.when(condition).then(value).otherwise(pl.lit(""))
