"""Somebody who came from, or moved out to, the very town whose register this is.

A move inside the town is a 転居; the code of the town was put where another town's belongs. Judged are 転入 rows, and
転出先 that is confirmed.
Not this rule: a code that no town has (`municipality_unknown`); a 転出先 that is missing (`destination_missing`).

Source: 住民基本台帳法 22条, 23条, 24条 (転入, 転居, 転出).

Example: 記載の事由 = 国内転入, 転入前住所_市区町村コード = the town's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._items import meaning
from yakuba.migration.rules import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C12"
SEVERITY = Severity.WARNING
HINT_JA = "転入前・転出先が自団体です。転居ではないか、コードの誤りか確かめてください。"
HINT_EN = "Came from or went to this very town: a move inside it, or a wrong code."

_FROM, _TO, _WHY = "転入前住所_市区町村コード", "転出先住所（確定）_市区町村コード", "記載の事由"


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Codes of the town itself where another town's belongs."""
    own = context.municipality
    if {_FROM, _WHY} <= group.by_name.keys():
        arrived = pl.col(_WHY).is_in(meaning(group, context, _WHY, "国内転入"))
        yield Cells(_FROM, (pl.col(_FROM) == own) & arrived)
    if _TO in group.by_name:
        yield Cells(_TO, pl.col(_TO) == own)
