"""Standard files of 中間標準レイアウト: one CSV per group in its item names; written on as CSV, Parquet and XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.layouts.counterparts import counterparts
from yakuba.town.forms._auto import standard_file
from yakuba.town.forms._field import Form
from yakuba.town.numbering import MUNICIPALITY
from yakuba.town.people import HEAD

if TYPE_CHECKING:
    from yakuba.town._frames import Records

_RESIDENTS = "住民基本台帳/住民情報"
_HOUSEHOLDS = "住民基本台帳/世帯情報"
_OUTSIDERS = "住登外者宛名番号管理/住登外者宛名基本情報"
_TARGETS = {_RESIDENTS: "住民基本台帳/住民票情報", _OUTSIDERS: "住登外管理/住登外者情報"}
_COMMON = {"最新フラグ": "最新区分", "操作者ID": "更新者ID", "操作年月日": "更新年月日", "操作時刻": "更新時刻"}
_OUTSIDER_NAMES = {
    "氏_日本人": "氏", "名_日本人": "名", "氏名_読み仮名": "氏名_カナ", "性別": "性別コード",
    "住所_都道府県": "住所_都道府県名", "住所_市区郡町村名": "住所_市区町村名", "住所_町字": "住所_町字名",
    "住所_番地号表記": "住所_番地", "業務ID": "登録業務コード",
}  # fmt: skip
_ADDED = {"市区町村コード": pl.lit(MUNICIPALITY), "履歴番号": pl.lit("1"), "最新区分": pl.lit("1"),
          "個人法人区分": pl.lit("1"), "削除区分": pl.lit("0")}  # fmt: skip
"""Items of 住登外者情報 that 基本データリスト does not have."""
_MJ = ["葛\U000e0102", "辻\U000e0102"]
_AJ1 = ["葛\U000e0100", "辻\U000e0100"]
_SECOND = {"子の子": "20", "子の妻": "12"}
"""続柄コード2 of the chains that the town has."""


def form(records: Records) -> Form:
    """The form of 中間標準レイアウト, for the groups that the records have; 世帯情報 is added to them."""
    records[_HOUSEHOLDS] = households(records[_RESIDENTS])
    resident = dict(counterparts())
    files = []
    for group, frame in records.items():
        names = {_RESIDENTS: resident, _OUTSIDERS: _COMMON | _OUTSIDER_NAMES}.get(group, _COMMON)
        special = {_RESIDENTS: _special(), _OUTSIDERS: _ADDED}.get(group, {})
        files.append(standard_file("chukan", group, _TARGETS.get(group, group), frame, names, special))
    return Form(
        title="見本町 中間標準レイアウト",
        files=files,
        layout="chukan",
        encoding="utf-8",
        newline="\n",
        write=("csv", "parquet", "xml"),
        text=aj1,
    )


def households(residents: pl.DataFrame) -> pl.DataFrame:
    """世帯情報 of the households of today, from the rows of their heads; in the item names of this layout."""
    live = (pl.col("最新フラグ") == "1") & (pl.col("住民状態") == "1")
    parts = ["住所_都道府県", "住所_市区郡町村名", "住所_町字", "住所_番地号表記", "住所_方書"]
    return residents.filter(live & (pl.col("続柄コード1") == HEAD)).select(
        "市区町村コード",
        "世帯番号",
        pl.col("宛名番号").alias("世帯主_宛名番号"),
        pl.col("氏名").alias("世帯主氏名"),
        pl.concat_str(parts).alias("住所"),
        pl.lit("1").alias("世帯状態コード"),
    )


def aj1(cells: pl.DataFrame) -> pl.DataFrame:
    """葛 and 辻 as word processors write them: sequences of Adobe-Japan1 where the register uses Moji_Joho."""
    return cells.with_columns(pl.all().str.replace_many(_MJ, _AJ1))


def _special() -> dict[str, pl.Expr]:
    """Items that are written in another way, or made from others: 年号コード has two digits here."""
    era = pl.col("生年月日_元号")
    second = pl.col("続柄表記").replace_strict(_SECOND, default="")
    return {
        "生年月日_年号コード": pl.when(era != "").then(era.str.zfill(2)).otherwise(era),
        "続柄コード2": second,
    }
