"""A number that has not the form which the law gives it: an insured number of nine digits, a bank code of five.

The table `number_forms` has the forms. Letters that a law allows (H of 介護保険) are in it.
Not this rule: check digits (`check_digit_kojin` and others); lost zeros before numbers that a town makes itself
(`number_short`).

Source: 介護保険・後期高齢者医療 被保険者番号, 国民年金法施行規則 (基礎年金番号), 統一金融機関コード; general knowledge.

Example: 介護 被保険者番号 "990000114".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._data import table
from yakuba.migration.checks._items import layout_of
from yakuba.migration.rules import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C1"
SEVERITY = Severity.WARNING
HINT_JA = "番号の桁数や形が決まりと違います。元の番号を確かめてください。"
HINT_EN = "Not the form that this number has by law: look up the number."


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Filled numbers of another form."""
    layout = layout_of(group, context)
    for row in table("number_forms"):
        business, _, name = row["グループ"].partition("/")
        if name == group.name and layout and business == layout.business and row["項目"] in group.by_name:
            value = pl.col(row["項目"])
            yield Cells(row["項目"], (value != "") & ~value.str.contains(row["形"]))
