"""Vendor B: fixed-length CP932 records, widths in bytes, half-width kana, eras as letters, 除票 in a file apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.layouts.model import DataType
from yakuba.migration.mapping.step import StepContext
from yakuba.migration.mapping.steps import width as width_step
from yakuba.town.forms._auto import auto, catalog_group
from yakuba.town.forms._field import Codes, Field, File, Form, coded, era_letter, number, plain
from yakuba.town.numbering import MUNICIPALITY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yakuba.layouts.model import Item
    from yakuba.town._frames import Records

_CODES: Codes = {
    "kankei": {"世帯主": "0", "夫": "1", "妻": "2", "夫（未届）": "3", "妻（未届）": "4", "子": "5", "子の妻": "6",
               "子の子": "7", "父": "8", "母": "9", "弟": "A", "妹": "B", "縁故者": "Y", "同居人": "Z"},
}  # fmt: skip
_READS: Codes = {
    "kankei1": {"0": "02", "1": "11", "2": "12", "3": "13", "4": "14", "5": "20", "6": "20", "7": "20", "8": "51",
                "9": "52", "A": "74", "B": "84", "Y": "96", "Z": "99"},
    "seibetsu": {"1": "男", "2": "女"},
    "gengo": dict(zip("MTSHR", "12345", strict=True)),
}  # fmt: skip
_RESIDENTS = "住民基本台帳/住民情報"
_WIDE = {"住所_方書": 200, "氏名": 60, "氏名_フリガナ": 60, "世帯主氏名": 60, "戸籍_筆頭者": 60, "国籍名等": 40}
_LONGEST = 120
_LEFT_OUT = {"市区町村コード", "氏_日本人", "名_日本人", "氏名_外国人ローマ字", "氏_日本人_フリガナ",
             "名_日本人_フリガナ", "性別表記", "生年月日_元号", "続柄コード1", "戸籍_筆頭者_氏", "戸籍_筆頭者_名",
             "住所_市区町村コード", "住所_都道府県", "住所_市区郡町村名"}  # fmt: skip
"""Items that this system does not keep, because they follow from others."""


def _kana(column: str, item: str, width: int) -> Field:
    step = width_step.prepare("half", StepContext({}, lambda _source, _key, _take: {}))
    assert step.expr is not None
    return Field(column, step.expr(pl.col(item)), {item: {"width": "full"}}, width)


def _style(item: Item) -> Field:
    column = item.identifier.upper()
    if item.type is DataType.DATE:
        era = "生年月日_元号" if item.group == "住民情報" and item.name == "生年月日" else ""
        return era_letter(column, item.name, 10 if item.unknown_date else 7, era)
    if item.type is DataType.SIGNED:
        return number(column, item.name, 11)
    if item.type is DataType.FULL:
        width = _WIDE.get(item.name, min(_LONGEST, 2 * (item.digits or _LONGEST)))
        return (
            _kana(column, item.name, width)
            if item.name.endswith(("フリガナ", "読み仮名"))
            else plain(column, item.name, width)
        )
    return plain(column, item.name, (item.digits or 40) + (item.fraction + 1 if item.fraction else 0))


def _residents(frame: pl.DataFrame) -> Iterator[Field]:
    by = {"by": "　", "take": 0}
    last = {"by": "　", "take": "last"}
    for item in catalog_group(_RESIDENTS).items:
        if item.name not in frame.columns or item.name in _LEFT_OUT:
            continue
        field = _style(item)
        back = dict(field.back)
        if item.name == "続柄表記":
            field = coded("ZOKUGARA", item.name, "kankei", _CODES, 2)
            back = {**field.back, "続柄コード1": {"codes": "kankei1"}}
        elif item.name == "性別":
            back["性別表記"] = {"codes": "seibetsu"}
        yield Field(field.column, field.encode, back, field.width)
        if item.name == "氏名":
            yield _part(field, {"氏_日本人": {"split": by}, "名_日本人": {"split": last}}, "japanese")
            yield _part(field, {"氏名_外国人ローマ字": {}}, "foreign")
        elif item.name == "氏名_フリガナ":
            kana = {"氏_日本人_フリガナ": {"split": by | {"by": " "}, "width": "full"},
                    "名_日本人_フリガナ": {"split": last | {"by": " "}, "width": "full"}}  # fmt: skip
            yield _part(field, kana, "japanese")
        elif item.name == "戸籍_筆頭者":
            yield _part(field, {"戸籍_筆頭者_氏": {"split": by}, "戸籍_筆頭者_名": {"split": last}}, "japanese")
        elif item.name == "生年月日":
            yield _part(field, {"生年月日_元号": {"slice": [0, 1], "codes": "gengo"}}, "japanese")


def _part(field: Field, back: Mapping[str, object], split: str) -> Field:
    return Field(field.column, field.encode, back, field.width, split)


def _resident_file(source: str, name: str, frame: pl.DataFrame, rows: pl.Expr) -> File:
    return File(
        source=source,
        name=name,
        group=_RESIDENTS,
        fields=list(_residents(frame)),
        constants={
            "市区町村コード": MUNICIPALITY,
            "住所_市区町村コード": MUNICIPALITY,
            "住所_都道府県": "見本県",
            "住所_市区郡町村名": "見本郡見本町",
        },
        splits={"japanese": {"JUMINSHUBETSU": ["1"]}, "foreign": {"JUMINSHUBETSU": ["!", "1"]}},
        rows=rows,
    )


def form(records: Records) -> Form:
    """The form of vendor B, for the groups and items that the records have."""
    frame = records[_RESIDENTS]
    gone = pl.col("除票フラグ").max().over("宛名番号") == "1"
    files = [_resident_file("jumin", "JUMIN.DAT", frame, ~gone), _resident_file("johyo", "JOHYO.DAT", frame, gone)]
    others = [group for group in records if group != _RESIDENTS]
    for place, group in enumerate(others, start=1):
        files.append(auto(f"gyomu{place:02d}", f"GYOMU{place:02d}.DAT", group, records[group], _style))
    return Form(
        title="見本町 旧システムB",
        files=files,
        codes=_CODES,
        reads=_READS,
        format="fixed",
        gaiji=True,
        cleansing=("trailing_space",),
    )
