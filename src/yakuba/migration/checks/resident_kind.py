"""Items of a foreign resident in the row of a Japanese one, or the other way round.

A Japanese resident has no 在留カード, no 国籍等 but Japan's, no 第30条の45 class and no 外国人住民となった年月日; a
foreign one has no 本籍, no 筆頭者 and is on no 選挙人名簿. Zeros, 「なし」 and 「不明」 are no such item.
Not this rule: an item that is missing (`conditional_missing`); the rows of a person before 帰化 or 国籍喪失, which are
judged by the 住民種別 of each row.

Source: 住民記録システム標準仕様書 1.1.1, 1.1.2. Example: 住民種別 = 1 (日本人), 在留カード等番号 = "AB12345678CD".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._items import meaning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C7"
SEVERITY = Severity.ERROR
HINT_JA = "住民種別(日本人・外国人)に合わない項目が入っています。"
HINT_EN = "The item does not belong to this kind of resident: Japanese or foreign."

_KIND, _VOTER = "住民種別", "選挙人名簿登録有無"
_OF_FOREIGNERS = {
    "在留カード等番号": (),
    "国籍等_国名コード": ("JPN", "392"),
    "国籍名等": ("日本", "日本国"),
    "第30条45規定区分": (),
    "外国人住民となった年月日": (),
    "在留資格等コード": (),
    "在留期間の満了の日": (),
}
"""Items that only a foreign resident has, and values in them that say nothing of the kind."""
_OF_JAPANESE = ("本籍", "戸籍_筆頭者")
_ABSENT = r"^[ 　0０*＊-]*$|^(?:なし|無し|不明|該当なし|日本国籍なし)$|^0000-00-00$"


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Filled cells of the other kind of resident."""
    japanese, foreign = (meaning(group, context, _KIND, word) for word in ("日本人", "外国人"))
    kind = pl.col(_KIND)
    for item, harmless in _OF_FOREIGNERS.items():
        if japanese and item in group.by_name:
            told = ~pl.col(item).is_in(harmless) & ~pl.col(item).str.contains(_ABSENT)
            yield Gated(item, kind.is_in(japanese) & told, gate=pl.col(item) != "")
    for item in _OF_JAPANESE:
        if foreign and item in group.by_name:
            yield Gated(item, ~pl.col(item).str.contains(_ABSENT), gate=kind.is_in(foreign))
    if foreign and _VOTER in group.by_name:
        yield Gated(_VOTER, pl.col(_VOTER) == "1", gate=kind.is_in(foreign))
