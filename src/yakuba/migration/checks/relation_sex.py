"""A 続柄 that belongs to the other sex: a wife who is a man, a father who is a woman.

The last link says what the person is: 「子の妻」 is a wife. A couple of one sex is legal (夫（未届） of a man), and so
is a sex that nobody knows.
Not this rule: relations that the register may not hold (`relation_chain`). A parent whose sex was changed by law keeps
the relation of before, so it is a warning.

Source: 住民記録システム標準仕様書 1.1.11. Example: 続柄表記 = "妻", 性別 = 1 (男).
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
SEVERITY = Severity.WARNING
HINT_JA = "続柄と性別が合いません。どちらが正しいか確かめてください。"
HINT_EN = "The relation belongs to the other sex: find out which is right."

_SEX, _CODE, _WORDS = "性別", "続柄コード1", "続柄表記"
_OF = {
    "男": r"(?:^|の)(?:妻|妻[（(]未届[）)]|子[（(]子の妻[）)]|母|姉|妹)$",
    "女": r"(?:^|の)(?:夫|夫[（(]未届[）)]|子[（(]子の夫[）)]|父|兄|弟)$",
}
"""Sex → relations that it cannot have."""
_CODES = {
    "男": ("妻", "妻（未届）", "子（子の妻）", "母", "姉", "妹"),
    "女": ("夫", "夫（未届）", "子（子の夫）", "父", "兄", "弟"),
}


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Relations of the other sex, by the words; by the code where no words are given."""
    have = group.by_name
    for sex, relation in _OF.items():
        one = pl.col(_SEX).is_in(meaning(group, context, _SEX, sex)) if _SEX in have else pl.lit(value=False)
        if _SEX in have and _WORDS in have:
            yield Gated(_WORDS, one, gate=pl.col(_WORDS).str.contains(relation))
        elif _SEX in have and _CODE in have and "続柄コード2" not in have:
            yield Gated(_CODE, one, gate=pl.col(_CODE).is_in(meaning(group, context, _CODE, *_CODES[sex])))
