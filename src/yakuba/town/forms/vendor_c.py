"""Vendor C: standard-like exports as towns really meet them, in 住基ネット統一文字.

Full-width postal codes, leading zeros lost in code columns, dates with "-" and with "/", a previous address in two
patterns, the lot of a 本籍 in one of two columns, names in code points that look like Hangul until they are converted.
Source of the traits: what a town's published sample data show of such exports (芽室町 MADO).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.characters.tables import form_by_juki
from yakuba.layouts.model import DataType
from yakuba.town.forms._auto import auto, catalog_group
from yakuba.town.forms._field import Field, File, Form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yakuba.layouts.model import Item
    from yakuba.town._frames import Records

_RESIDENTS = "住民基本台帳/住民情報"
_EVERY = 3
"""Every so many rows show a trait: the export was put together from several programs."""
_POSTAL = ("住所_郵便番号",)
_LOST_ZERO = ("続柄コード1", "在留資格等コード", "転入前住所_市区町村コード")
_DASHED = {DataType.DATE}
_PREVIOUS = tuple(f"転入前住所_{part}" for part in ("都道府県", "市区郡町村名", "町字", "番地号表記"))
_REGISTER = ("本籍_町字", "本籍_地番号または、街区符号")
_FULL = dict(zip("0123456789", "０１２３４５６７８９", strict=True))


def _turn(step: int) -> pl.Expr:
    """Whether a row shows a trait; each trait has its own step, so that they meet in all combinations."""
    return pl.int_range(pl.len()) % (_EVERY + step) == step


def _slashed(item: str) -> pl.Expr:
    text = pl.col(item)
    return pl.when(_turn(1)).then(text.str.replace_all("-", "/", literal=True)).otherwise(text)


def _postal(item: str) -> pl.Expr:
    text = pl.col(item)
    return pl.when(_turn(2)).then(text.str.replace_many(_FULL)).otherwise(text)


def _without_zeros(item: str) -> pl.Expr:
    return pl.col(item).str.strip_chars_start("0")


def _previous(item: str) -> pl.Expr:
    """The previous address: in four columns, or everything in 町字."""
    whole = pl.concat_str([pl.col(name) for name in _PREVIOUS]) if item == _PREVIOUS[2] else pl.lit("")
    return pl.when(_turn(0)).then(whole).otherwise(pl.col(item))


def _register(item: str) -> pl.Expr:
    """The lot of the 本籍: in its own column, or behind the 町字."""
    whole = pl.concat_str([pl.col(name) for name in _REGISTER]) if item == _REGISTER[0] else pl.lit("")
    return pl.when(_turn(3)).then(whole).otherwise(pl.col(item))


def _style(item: Item) -> Field:
    name = item.name
    text = pl.col(name)
    if item.type in _DASHED:
        text = _slashed(name)
    elif name in _POSTAL:
        text = _postal(name)
    elif name in _LOST_ZERO:
        text = _without_zeros(name)
    elif name in _PREVIOUS:
        text = _previous(name)
    elif name in _REGISTER:
        text = _register(name)
    back: Mapping[str, object] = {"pad": {"width": 6, "with": "0"}} if name.endswith("前住所_市区町村コード") else {}
    return Field(name, text, {name: back})


def juki(cells: pl.DataFrame) -> pl.DataFrame:
    """Names in 住基ネット統一文字: characters whose code there is not the Unicode one change."""
    different = {form: code for code, form in form_by_juki().items() if form != code}
    changed = []
    for column in cells.iter_columns():
        met = set("".join(text for text in column.unique().to_list() if not text.isascii()))
        forms = sorted((form for form in different if form[0] in met), key=len, reverse=True)
        if forms:
            codes = [different[form] for form in forms]
            changed.append(pl.col(column.name).str.replace_many(forms, codes, leftmost=True))
    return cells.with_columns(changed)


def _residents(frame: pl.DataFrame) -> File:
    fields = []
    for item in catalog_group(_RESIDENTS).items:
        if item.name in frame.columns:
            fields.append(_style(item))
        else:
            fields.append(Field(item.name, pl.lit(""), {item.name: {}}))
    return File("ure", "URE20261120.CSV", _RESIDENTS, fields)


def form(records: Records) -> Form:
    """The form of vendor C, for the groups and items that the records have."""
    files = [_residents(records[_RESIDENTS])]
    for place, group in enumerate((one for one in records if one != _RESIDENTS), start=1):
        files.append(auto(f"exp{place:02d}", f"EXP{place:02d}.CSV", group, records[group], _style))
    return Form(
        title="見本町 旧システムC",
        files=files,
        encoding="utf-16",
        characters="juki",
        text=juki,
        cleansing=("half_width_digits", "lost_zero", "date_separator", "postal_hyphen", "trailing_space"),
    )
