"""Vendor A: CSV files in CP932, packed codes, 和暦, its own code tables, 外字 in the private area."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.layouts.model import DataType
from yakuba.town.forms._auto import auto
from yakuba.town.forms._codes import REASONS_A, RELATIONS_A
from yakuba.town.forms._field import Codes, Field, File, Form, also, coded, era7, number, packed, plain, ymd8
from yakuba.town.numbering import MUNICIPALITY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Item
    from yakuba.town._frames import Records

_CODES: Codes = {
    "seibetsu": {"1": "M", "2": "F", "0": "X"},
    "seibetsu_hyoki": {"男": "M", "女": "F"},
    "shubetsu": {"1": "J", "2": "G"},
    "jotai": {"1": "0", "2": "1", "3": "2", "9": "9"},
    "jiyu": REASONS_A,
    "zokugara": RELATIONS_A,
    "umu": {"0": " ", "1": "Y"},
}
_JAPANESE = "japanese"
_FOREIGN = "foreign"
_BASE = "住民基本台帳"


def _only(split: str, field: Field) -> Field:
    return Field(field.column, field.encode, field.back, field.width, split)


def _halves(column: str, item: str, family: str, given: str) -> Field:
    """The parts of a Japanese name before and after its space."""
    back = {family: {"split": {"by": "　", "take": 0}}, given: {"split": {"by": "　", "take": "last"}}}
    return Field(column, pl.col(item), back, split=_JAPANESE)


def _person() -> Iterator[Field]:
    yield plain("ATENA_NO", "宛名番号")
    yield plain("RIREKI_NO", "個人履歴番号")
    yield packed("SAISIN_JOTAI", [("最新フラグ", "", 1), ("住民状態", "jotai", 1), ("除票フラグ", "", 1)], _CODES)
    yield plain("SETAI_NO", "世帯番号")
    yield coded("JUMIN_KBN", "住民種別", "shubetsu", _CODES)
    yield plain("JUMINHYO_CD", "住民票コード")
    yield plain("SIMEI", "氏名")
    yield _halves("SIMEI", "氏名", "氏_日本人", "名_日本人")
    yield Field("SIMEI", pl.col("氏名"), {"氏名_外国人ローマ字": {}}, 0, _FOREIGN)
    yield plain("SIMEI_KANA", "氏名_フリガナ")
    yield _halves("SIMEI_KANA", "氏名_フリガナ", "氏_日本人_フリガナ", "名_日本人_フリガナ")
    yield plain("KANA_KAKUNIN", "氏名_フリガナ確認状況")
    yield also(coded("SEX", "性別", "seibetsu", _CODES), {"性別表記": {"codes": "seibetsu_hyoki"}})
    birth = era7("UMARE", "生年月日", era="生年月日_元号")
    yield birth
    yield _only(_JAPANESE, Field("UMARE", birth.encode, {"生年月日_元号": {"slice": [0, 1]}}))
    yield plain("UMARE_FUSHO", "生年月日_不詳フラグ")


def _household() -> Iterator[Field]:
    yield coded("ZOKU1", "続柄コード1", "zokugara", _CODES)
    yield plain("ZOKU_NM", "続柄表記")
    yield plain("NUSHI_SIMEI", "世帯主氏名")
    yield plain("KISAI_JUN", "記載順位")
    yield plain("CHOAZA_CD", "住所_町字コード")
    yield plain("CHOAZA_NM", "住所_町字")
    yield plain("BANTI", "住所_番地号表記")
    yield plain("KATAGAKI", "住所_方書")
    yield plain("YUBIN_NO", "住所_郵便番号")
    yield era7("JUTEI_BI", "住所を定めた年月日")
    yield _only(_JAPANESE, era7("JUMIN_BI", "住民となった年月日"))
    yield _only(_JAPANESE, plain("JUMIN_FUSHO", "住民となった年月日_不詳フラグ"))
    yield era7("KISAI_BI", "記載の異動年月日")
    yield coded("KISAI_JIYU", "記載の事由", "jiyu", _CODES)
    yield era7("KAISEI_BI", "改製記載年月日")
    yield plain("TIKU_CD", "地区管理コード1")


def _elsewhere() -> Iterator[Field]:
    for column, prefix in (("ZEN", "転入前住所"), ("TEN", "転出先住所（確定）")):
        yield plain(f"{column}_DANTAI", f"{prefix}_市区町村コード")
        yield plain(f"{column}_KEN", f"{prefix}_都道府県")
        yield plain(f"{column}_SI", f"{prefix}_市区郡町村名")
        yield plain(f"{column}_CHOAZA", f"{prefix}_町字")
        yield plain(f"{column}_BANTI", f"{prefix}_番地号表記")
    yield plain("HONSEKI_DANTAI", "本籍_市区町村コード")
    yield plain("HONSEKI", "本籍")
    yield plain("HONSEKI_CHOAZA", "本籍_町字")
    yield plain("HONSEKI_TIBAN", "本籍_地番号または、街区符号")
    yield plain("HITTOUSYA", "戸籍_筆頭者")
    yield _halves("HITTOUSYA", "戸籍_筆頭者", "戸籍_筆頭者_氏", "戸籍_筆頭者_名")


def _change() -> Iterator[Field]:
    yield coded("IDO_JIYU", "異動事由", "jiyu", _CODES)
    yield packed("IDO_KBN", [("異動区分", "", 1), ("記載等の種別", "", 1)], _CODES)
    yield era7("IDO_BI", "異動年月日")
    yield era7("TODOKE_BI", "異動届出年月日")
    yield plain("TODOKE_NO", "届出番号")
    yield era7("SHORI_BI", "処理年月日")
    yield coded("SHOJO_JIYU", "消除の事由", "jiyu", _CODES)
    yield era7("SHOJO_BI", "消除の異動年月日")
    yield era7("SHOJO_TODOKE_BI", "消除の届出年月日")
    yield plain("SHOJO_FUSHO", "消除の異動年月日_不詳フラグ")
    yield era7("TENSYUTU_TODOKE_BI", "転出届出年月日")
    yield era7("TENSYUTU_YOTEI_BI", "転出予定年月日")
    yield era7("TENSYUTU_KAKUTEI_BI", "転出年月日（確定）")
    yield era7("TENNYU_TUTI_BI", "転入通知年月日")


def _foreigner() -> Iterator[Field]:
    yield _only(_FOREIGN, era7("GAIJIN_JUMIN_BI", "外国人住民となった年月日"))
    yield _only(_FOREIGN, plain("GAIJIN_FUSHO", "外国人住民となった年月日_不詳フラグ"))
    yield plain("ZAIRYU_NO", "在留カード等番号")
    yield plain("ZAIRYU_KBN", "在留カード等番号区分")
    yield plain("KOKUSEKI_CD", "国籍等_国名コード")
    yield plain("KOKUSEKI_NM", "国籍名等")
    yield plain("KITEI_KBN", "第30条45規定区分")
    yield plain("ZAIRYU_SIKAKU", "在留資格等コード")
    yield plain("ZAIRYU_NEN", "在留期間等コード_年")
    yield plain("JUKYOTI_TODOKE", "住居地の届出の有無")
    yield ymd8("ZAIRYU_MANRYO", "在留期間の満了の日")


def _references() -> Iterator[Field]:
    yield plain("SENKYO", "選挙人名簿登録有無")
    for column, name in (("KOKUHO", "国保"), ("KOKI", "後期高齢"), ("KAIGO", "介護"), ("NENKIN", "年金")):
        yield plain(column, f"{name}資格有無")
        yield era7(f"{column}_BI", f"{name}資格取得年月日")
    yield plain("KISO_NENKIN_NO", "基礎年金番号")
    yield plain("NENKIN_SYUBETU", "年金資格種別")
    yield plain("JITE", "児童手当資格区分")
    yield plain("JITE_KAISI", "児童手当受給開始年月")


def _operation() -> Iterator[Field]:
    yield coded("KOUKEN", "成年被後見人_該当有無", "umu", _CODES)
    yield plain("SOSA_ID", "操作者ID")
    yield ymd8("SOSA_BI", "操作年月日")
    yield plain("SOSA_JI", "操作時刻")


def _residents() -> File:
    zero = ("個人履歴番号_枝番号", "異動年月日_不詳フラグ", "記載の異動年月日_不詳フラグ", "履歴選択不可フラグ",
            "住所を定めた年月日_不詳フラグ", "他業務参照不可フラグ", "削除フラグ")  # fmt: skip
    parts = (_person(), _household(), _elsewhere(), _change(), _foreigner(), _references(), _operation())
    return File(
        source="juki",
        name="JUKI.CSV",
        group=f"{_BASE}/住民情報",
        fields=[field for part in parts for field in part],
        constants={
            "市区町村コード": MUNICIPALITY,
            "住所_市区町村コード": MUNICIPALITY,
            "住所_都道府県": "見本県",
            "住所_市区郡町村名": "見本郡見本町",
            "業務ID": "001",
            "統合宛名フラグ": "1",
            **dict.fromkeys(zero, "0"),
        },
        splits={_JAPANESE: {"JUMIN_KBN": ["J"]}, _FOREIGN: {"JUMIN_KBN": ["!", "J"]}},
    )


_FILES = (
    ("kojinno", "KOJINNO.CSV", "住民基本台帳/個人番号管理"),
    ("sien", "SIEN.CSV", "住民基本台帳/支援措置"),
    ("heisien", "HEISIEN.CSV", "住民基本台帳/支援措置併支援者"),
    ("yokusi", "YOKUSI.CSV", "住民基本台帳/抑止"),
    ("tusyo", "TUSYO.CSV", "住民基本台帳/通称履歴"),
    ("kyusi", "KYUSI.CSV", "住民基本台帳/旧氏履歴"),
    ("inkan", "INKAN.CSV", "印鑑登録/印鑑登録原票"),
    ("inkansyo", "INKANSYO.CSV", "印鑑登録/印鑑登録証"),
    ("juminzei", "JUMINZEI.CSV", "個人住民税/賦課情報"),
    ("syotoku", "SYOTOKU.CSV", "個人住民税/所得情報"),
    ("kiwari", "KIWARI.CSV", "個人住民税/期割情報"),
    ("tokucho", "TOKUCHO.CSV", "個人住民税/特別徴収義務者"),
    ("chotei", "CHOTEI.CSV", "収滞納管理/調定情報"),
    ("syuno", "SYUNO.CSV", "収滞納管理/収納情報"),
    ("kokuho", "KOKUHO.CSV", "国民健康保険/資格情報"),
    ("koki", "KOKI.CSV", "後期高齢者医療/資格情報"),
    ("kaigo", "KAIGO.CSV", "介護保険/資格情報"),
    ("nenkin", "NENKIN.CSV", "国民年金/資格情報"),
    ("jite", "JITE.CSV", "児童手当/受給者情報"),
    ("jiteko", "JITEKO.CSV", "児童手当/児童情報"),
    ("jutogai", "JUTOGAI.CSV", "住登外者宛名番号管理/住登外者宛名基本情報"),
    ("keiji", "KEIJI.CSV", "軽自動車税/車両台帳"),
    ("keijizei", "KEIJIZEI.CSV", "軽自動車税/賦課情報"),
)


def _style(item: Item) -> Field:
    column = item.identifier.upper()
    if item.type is DataType.DATE:
        return era7(column, item.name)
    if item.type is DataType.SIGNED:
        return number(column, item.name, 11)
    if item.name == "性別":
        return coded(column, item.name, "seibetsu", _CODES)
    return plain(column, item.name)


def form(records: Records) -> Form:
    """The form of vendor A, for the groups and items that the records have."""
    others = [auto(source, name, group, records[group], _style) for source, name, group in _FILES]
    return Form(
        title="見本町 旧システムA",
        files=[_residents(), *others],
        codes=_CODES,
        gaiji=True,
        cleansing=("half_width_digits", "trailing_space"),
    )
