"""An address whose 町字コード, 郵便番号 and 町字 do not belong together in the town's address dictionary.

Judged for addresses in the town itself, and only with a dictionary; 0000000 (no 町字) and 9999999 (町字 not in the
master) are legal codes. The form of a 郵便番号 (seven digits) is judged everywhere.
Not this rule: the 団体コード (`municipality_unknown`).

Source: アドレス・ベース・レジストリ 町字ID; 日本郵便 郵便番号データ. Example: 郵便番号 of the neighbouring 町字.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._items import named
from yakuba.migration.rules import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C12"
SEVERITY = Severity.WARNING
HINT_JA = "町字コード・郵便番号・町字が住所辞書と合いません。"
HINT_EN = "Town code, postal code and town name do not agree with the address dictionary."

_CODE, _POST, _TOWN = "町字コード", "郵便番号", "町字"
_NO_TOWN = ["", "0000000", "9999999"]


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Postal codes that are no seven digits; unknown 町字コード; pairs that the dictionary does not have."""
    for item in named(group, _POST):
        value = pl.col(item.name)
        bare = value.str.replace_all("[-－−‐ー]", "")
        proposal = pl.when(bare.str.contains("^[0-9]{7}$")).then(bare)
        yield Cells(item.name, (value != "") & ~value.str.contains("^[0-9]{7}$"), proposal=proposal)
    if not context.dictionary.is_empty():
        for item in named(group, f"_{_CODE}"):
            yield from _against_dictionary(group, context, item.name.removesuffix(_CODE))


def _against_dictionary(group: Group, context: Context, prefix: str) -> Iterator[Cells]:
    code = pl.col(prefix + _CODE)
    known = context.dictionary[_CODE].unique().to_list()
    here = ~code.is_in(_NO_TOWN)
    if f"{prefix}市区町村コード" in group.by_name:
        here &= pl.col(f"{prefix}市区町村コード") == context.municipality
    yield Cells(prefix + _CODE, here & ~code.is_in(known), severity=Severity.ERROR)
    for partner in (_POST, _TOWN):
        name = prefix + partner
        if name in group.by_name and partner in context.dictionary.columns:
            pairs = context.dictionary.select(pl.concat_str(_CODE, partner, separator="|"))[_CODE].unique().to_list()
            value = pl.col(name)
            agree = pl.concat_str(code, value, separator="|").is_in(pairs)
            yield Cells(name, here & code.is_in(known) & (value != "") & ~agree)
