"""A row that looks like test data: テスト, ダミー or サンプル as a whole part of a name.

Not this rule: a name that merely contains such letters (ＴＥＳＴＡ, テストゥド): only whole words count.

Source: 不正データ category C13. Example: 氏名 = "テスト　太郎".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._text import kana_items, name_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C13"
SEVERITY = Severity.WARNING
HINT_JA = "試験用のデータに見えます。移行するか決めてください。"
HINT_EN = "Looks like test data: decide whether it moves."

_WORDS = [
    "テスト", "試験用", "ダミー", "サンプル", "ＴＥＳＴ", "ＤＵＭＭＹ", "ＳＡＭＰＬＥ", "TEST", "DUMMY",
    "SAMPLE", "test", "ああああ", "あいうえお",
]  # fmt: skip
_ITEM = re.compile("(?<!主)氏名(?:_フリガナ|_読み仮名|_カナ)?$")
_WHOLE = rf"(?:^|[ 　])(?:{'|'.join(_WORDS)})(?:用|ユーザー?|データ|[0-9０-９一二三]+)?(?:$|[ 　])"


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Names and readings with a word of testers."""
    whole_names = (item for item in (*name_items(group), *kana_items(group)) if _ITEM.search(item.name))
    for item in whole_names:
        value = pl.col(item.name)
        yield Gated(item.name, value.str.contains(_WHOLE), gate=value.str.contains_any(_WORDS))
