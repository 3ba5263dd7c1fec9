"""An unknown date (不詳日) that is not told as the standard wants it: words in the companion item, not in the date.

Two faults: words such as 「昭和20年頃」「年月日不詳」 inside a DATE item; a 不詳フラグ and a 不詳表記 of the same date
that contradict each other (a warning, since one of the two still tells it).
Not this rule: a flag of a date that has no 不詳表記 item.

Source: 住民記録システム標準仕様書 1.1.8; 基本データリスト 031, 生年月日_不詳表記. Example: 生年月日 = "昭和20年頃".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.model import DataType
from yakuba.migration.checks._dates import UNKNOWN_WORDS, suspicious
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._items import of_type
from yakuba.migration.checks._names import usual
from yakuba.migration.rules import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C2"
SEVERITY = Severity.ERROR
HINT_JA = "不詳日の文字は「〜_不詳表記」に移し、年月日は空にするか並べ替え用の日付にします。"
HINT_EN = "Move the words to the 不詳表記 item; leave the date empty or give a sortable day."


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Words in dates; flags and words that disagree."""
    for item in of_type(group, DataType.DATE):
        yield Gated(item.name, pl.col(item.name).str.contains(UNKNOWN_WORDS), gate=suspicious(item.name))
        flag, words = f"{usual(item.name)}_不詳フラグ", f"{usual(item.name)}_不詳表記"
        if flag in group.by_name and words in group.by_name:
            flagged, told = pl.col(flag) == "1", pl.col(words) != ""
            yield Cells(words, flagged & ~told, severity=Severity.WARNING)
            yield Cells(flag, told & (pl.col(flag) == "0"), severity=Severity.WARNING)
