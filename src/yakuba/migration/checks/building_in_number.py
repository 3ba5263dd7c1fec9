"""A 番地 that goes on with the name of a building: the 方書 stands in the wrong item.

Two letters behind a number that no lot number has, or a word of buildings (号室, 号棟), are enough.
Judged where the address has an item for the 方書; 地割, 番外地, 番屋敷, 甲乙丙, イロハ, 仮換地 and
東西南北 belong to lot numbers.
Not this rule: a 番地 in the 町字 (`postal_code` compares that with the dictionary).

Source: 不正データ category C12; 基本データリスト, 住所_番地号表記 and 住所_方書.
Example: 住所_番地号表記 = "１２番地３見本荘１０１号室".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.model import DataType
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._items import of_type
from yakuba.migration.checks._names import usual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C12"
SEVERITY = Severity.WARNING
HINT_JA = "番地に方書が続いています。方書の項目に移してください。"
HINT_EN = "The number goes on with a building: move that part to the 方書 item."

_NUMBER, _BUILDING = "番地号表記", "方書"
_DIGIT = "0-9０-９一二三四五六七八九十百千〇"
_OF_LOTS = (
    f"{_DIGIT}番地号丁目街区画割線条条通組甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥イロハニホヘトチリヌルヲ"
    "東西南北上下中左右先内外無続合元新旧官有国民又及びの之ノツッケヶ枝付近地先番外区字大第併屋敷耕仮換保留予定"
    r"\-－−ー‐―・、，,.．()（） 　"
)
_LETTER = r"[\p{Han}\p{Hiragana}\p{Katakana}A-Za-zＡ-Ｚａ-ｚ]"
_OTHER = rf"[{_LETTER[1:-1]}--[{_OF_LOTS}]]"
_BEHIND = rf"(?:[0-9０-９]|番地)[^0-9０-９]*?{_OTHER}{{2}}|号[室棟館]|[0-9０-９][階室棟]"


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Numbers of lots with more than a lot behind them."""
    for item in of_type(group, DataType.FULL):
        name = usual(item.name)
        if name.endswith(_NUMBER) and name.replace(_NUMBER, _BUILDING) in group.by_name:
            behind = pl.col(item.name).str.contains(_BEHIND)
            yield Gated(item.name, behind, gate=behind)
