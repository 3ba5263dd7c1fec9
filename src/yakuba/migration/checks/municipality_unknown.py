"""A 団体コード that no municipality has, or whose prefecture or municipality is not the one written beside it.

Codes of municipalities that have merged are common in old addresses and 本籍, where the finding is a note only; in the
present address it is an error. Codes of prefecture 99 belong to fictitious towns and pass when the town is one.
A written name may have its 郡 before it, or a ward behind it (code of the whole city); ヶ and ケ are one.
Not this rule: the check digit (`check_digit_dantai`).

Source: 全国地方公共団体コード (総務省). Example: 住所_市区町村コード = "139998".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.check_digits import dantai_code_valid
from yakuba.kernel.finding import Severity
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._items import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C12"
SEVERITY = Severity.WARNING
HINT_JA = "存在しない市区町村コードか、都道府県名・市区町村名と食い違うコードです。"
HINT_EN = "No municipality has this code, or its prefecture or name is not the one written."

_FICTITIOUS = "99"
_CODE = "市区町村コード"
_NAMES = ("市区郡町村名", "市区町村名")
_SPELLING = {"ヶ": "ケ", "ヵ": "カ", "が": "ケ", "ガ": "ケ", "龍": "竜", "　": "", " ": ""}


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Codes with a right check digit that are not in the table; prefectures that do not fit the code."""
    known = [context.municipality, *context.municipalities]
    prefectures = {code: place[0] for code, place in context.municipalities.items()}
    for item in named(group, _CODE):
        code = pl.col(item.name)
        elsewhere = ~code.is_in(["", context.municipality])
        unknown = dantai_code_valid(code) & ~code.is_in(known)
        if context.municipality.startswith(_FICTITIOUS):
            unknown &= ~code.str.starts_with(_FICTITIOUS)
        own = Severity.ERROR if item.name == "住所_市区町村コード" else Severity.NOTE
        yield Gated(item.name, unknown, severity=own, gate=elsewhere)
        written = item.name.replace(_CODE, "都道府県")
        if written in group.by_name:
            expected = code.replace_strict(prefectures, default="", return_dtype=pl.String)
            unlike = (pl.col(written) != "") & (expected != "") & (pl.col(written) != expected)
            yield Gated(written, unlike, gate=elsewhere)
        for name in (item.name.replace(_CODE, ending) for ending in _NAMES):
            if name in group.by_name:
                yield Gated(name, _other_name(code, name, context), gate=elsewhere & (pl.col(name) != ""))


def _other_name(code: pl.Expr, name: str, context: Context) -> pl.Expr:
    """Whether the written name is neither the one of the code nor that with a 郡 or a ward."""
    names = {number: _spelt(place[1]) for number, place in context.municipalities.items()}
    expected = code.replace_strict(names, default="", return_dtype=pl.String)
    written = pl.col(name).str.replace_many(_SPELLING)
    agree = written.str.ends_with(expected) | written.str.starts_with(expected) | expected.str.ends_with(written)
    return (expected != "") & ~agree


def _spelt(name: str) -> str:
    return "".join(_SPELLING.get(letter, letter) for letter in name)
