"""A 団体コード that no municipality has, or whose prefecture is not the one written beside it.

Codes of municipalities that have merged are common in old addresses and 本籍, where the finding is a note only; in the
present address it is an error. Codes of prefecture 99 belong to fictitious towns and pass when the town is one.
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
HINT_JA = "存在しない市区町村コードか、都道府県名と食い違うコードです。"
HINT_EN = "No municipality has this code, or its prefecture is not the one written."

_FICTITIOUS = "99"


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Codes with a right check digit that are not in the table; prefectures that do not fit the code."""
    known = [context.municipality, *context.municipalities]
    prefectures = {code: place[0] for code, place in context.municipalities.items()}
    for item in named(group, "市区町村コード"):
        code = pl.col(item.name)
        elsewhere = ~code.is_in(["", context.municipality])
        unknown = dantai_code_valid(code) & ~code.is_in(known)
        if context.municipality.startswith(_FICTITIOUS):
            unknown &= ~code.str.starts_with(_FICTITIOUS)
        own = Severity.ERROR if item.name == "住所_市区町村コード" else Severity.NOTE
        yield Gated(item.name, unknown, severity=own, gate=elsewhere)
        written = item.name.replace("市区町村コード", "都道府県")
        if written in group.by_name:
            expected = code.replace_strict(prefectures, default="", return_dtype=pl.String)
            unlike = (pl.col(written) != "") & (expected != "") & (pl.col(written) != expected)
            yield Gated(written, unlike, gate=elsewhere)
