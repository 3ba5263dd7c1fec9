"""A 続柄 that the register may not hold: unknown words, more than four elements, an element that must stand alone.

世帯主, 縁故者 and 同居人 stand alone; 夫 … 妹 are joined by 「の」 up to four; chains have no holes.
Not this rule: a code outside the list (`code_unknown`); the 世帯主 with a second relation (`head_relation`).

Source: 住民記録システム標準仕様書 1.1.11 (five or more elements become 縁故者; 祖父 is 父の父, 孫 is 子の子).

Example: 続柄表記 = "孫" or "子の子の子の子の子".
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._items import meaning
from yakuba.migration.rules import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C7"
SEVERITY = Severity.ERROR
HINT_JA = "認められていない続柄です。標準の続柄(4つまでの連鎖)に直してください。"
HINT_EN = "Not an allowed relation: rewrite it as a chain of at most four."

_LINK = r"(?:夫（未届）|妻（未届）|子（子の夫）|子（子の妻）|夫|妻|子|父|母|兄|姉|弟|妹)"
ALLOWED = f"^(?:世帯主|縁故者|同居人|{_LINK}(?:の{_LINK}){{0,3}})?$"
_WORDS = "続柄表記"
_ALONE = ("世帯主", "縁故者", "同居人")
_REWRITTEN = {
    "孫": "子の子", "ひ孫": "子の子の子", "長男": "子", "長女": "子", "二男": "子", "次男": "子",
    "二女": "子", "次女": "子", "三男": "子", "三女": "子", "養子": "子", "養女": "子",
    "夫(未届)": "夫（未届）", "妻(未届)": "妻（未届）",
}  # fmt: skip


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """続柄表記 outside the grammar; codes with holes or with an element that must stand alone."""
    if _WORDS in group.by_name:
        words = pl.col(_WORDS)
        proposal = words.replace_strict(_REWRITTEN, default=None, return_dtype=pl.String)
        yield Cells(_WORDS, ~words.str.contains(ALLOWED), proposal=proposal)
    codes = [name for place in range(1, 10) if (name := f"続柄コード{place}") in group.by_name]
    alone = meaning(group, context, "続柄コード1", *_ALONE)
    for before, after in pairwise(codes):
        hole = (pl.col(before) == "") & (pl.col(after) != "")
        yield Cells(after, hole | pl.col(after).is_in(alone))
