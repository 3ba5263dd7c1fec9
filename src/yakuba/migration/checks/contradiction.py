"""Items of one row that exclude each other: a seal in force with a day of removal, a reason to end without its day.

The table `contradictions` names the item and the condition under which it is wrong.
Not this rule: contradictions in a resident's own row (`removed_but_live`); a missing item (`conditional_missing`).

Source: 印鑑登録証明事務処理要領 and the meaning of the items. Example: 印鑑登録状態 = 2 (登録), 抹消年月日 2024-04-01.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.kernel.finding import Severity
from yakuba.layouts.condition import expression, names, parse
from yakuba.migration.checks._data import table
from yakuba.migration.rules import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C7"
SEVERITY = Severity.ERROR
HINT_JA = "状態と日付・事由が食い違っています。どちらが正しいか確かめてください。"
HINT_EN = "State, day and reason of this record exclude each other: find out which is right."


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """The item of each condition that holds; a condition over items that the layout does not have is left out."""
    for row in table("contradictions"):
        if row["グループ"] == group.name and row["項目"] in group.by_name:
            condition = parse(row["条件"], row["条件"].split())
            if names(condition) <= group.by_name.keys():
                yield Cells(row["項目"], expression(condition), severity=Severity(row["重さ"]))
