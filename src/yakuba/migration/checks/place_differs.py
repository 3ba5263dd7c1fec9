"""A municipality's code (団体コード) beside the name of another prefecture: 札幌市's code, and 東京都 in words.

Compared is the prefecture alone, because a code outlives the name of its town (合併, 改称) and a prefecture keeps its
two digits. 本籍 names its prefecture at its beginning, or leaves it out (県庁所在地, 政令市), which passes.
Not this rule: a code that no town has (`municipality_unknown`); 町字 and 郵便番号 (`postal_code`).

Source: 全国地方公共団体コード (the first two digits are the prefecture, 総務省).

Example: 転入前住所_市区町村コード = 011002, 転入前住所_都道府県 = 東京都.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._items import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C12"
SEVERITY = Severity.WARNING
HINT_JA = "団体コードと都道府県名が合いません。どちらが正しいか確かめてください。"
HINT_EN = "The code is of another prefecture than the name: find out which is right."

_CODE, _PREFECTURE = "_市区町村コード", "_都道府県"


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Codes whose prefecture is not the one in words."""
    prefectures = {code[:2]: names[0] for code, names in context.municipalities.items() if names[0]}
    for item in named(group, _CODE):
        code, place = pl.col(item.name), item.name.removesuffix(_CODE)
        words = f"{place}{_PREFECTURE}" if f"{place}{_PREFECTURE}" in group.by_name else place
        if words not in group.by_name or words == item.name:
            continue
        told = pl.col(words).str.extract(f"^({'|'.join(prefectures.values())})").fill_null("")
        own = code.str.head(2).replace_strict(prefectures, default="")
        wrong = (told != "") & (own != "") & (told != own)
        # Most rows have the code of the town itself, and a comparison tells that the words agree with it.
        here = code == context.municipality
        yield Gated(item.name, wrong & ~here, gate=(code != "") & ~here)
        ours = prefectures.get(context.municipality[:2], "")
        yield Gated(item.name, wrong & here, gate=here & ~pl.col(words).str.starts_with(ours))
