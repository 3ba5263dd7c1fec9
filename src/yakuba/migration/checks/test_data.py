"""A row that looks like test data: テスト, 研修 or 使用不可 as a whole part of a name, or one letter all through it.

Not this rule: a name that merely contains such letters (ＴＥＳＴＡ, テストゥド): only whole words count. Readings are
judged by the words in katakana alone, because ケンシュウ is a given name.

Source: 不正データ category C13. Example: 氏名 = "テスト　太郎".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._text import full_width_items, kana_items, name_items

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
_IN_NAMES = [
    "研修", "訓練", "練習", "見本用", "使用不可", "使用禁止", "使用しない", "削除", "不要", "欠番", "未使用",
]  # fmt: skip
_LETTERS = [
    chr(code)
    for first, last in (("ぁ", "ゖ"), ("ァ", "ヺ"), ("Ａ", "Ｚ"), ("ａ", "ｚ"), ("０", "９"), ("A", "Z"), ("a", "z"))
    for code in range(ord(first), ord(last) + 1)
]
_ITEM = re.compile("(?<!主)氏名(?:_フリガナ|_読み仮名|_カナ)?$")
_BODY = re.compile("(?:事業所|法人)名称(?:_フリガナ)?$")
_LEGAL_FORM = "(?:（株）|（有）|㈱|㈲|株式会社|有限会社|合同会社|合資会社|合名会社)?"
_BEHIND = "(?:用|者|予定|済み?|ユーザー?|データ|[0-9０-９一二三]+)?"
_ONE_LETTER = f"^(?:{'|'.join(f'{letter}[ 　]?{letter}[ 　]?{letter}[{letter} 　]*' for letter in _LETTERS)})$"


def _whole(words: list[str], around: str = "") -> str:
    return rf"(?:^|[ 　]){around}(?:{'|'.join(words)}){_BEHIND}{around}(?:$|[ 　])"


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Names and readings with a word of testers, firms called so, names of one letter."""
    for item in kana_items(group):
        if _ITEM.search(item.name):
            value = pl.col(item.name)
            yield Gated(item.name, value.str.contains(_whole(_WORDS)), gate=value.str.contains_any(_WORDS))
    words = [*_WORDS, *_IN_NAMES]
    for item in full_width_items(group):
        if _BODY.search(item.name):
            value = pl.col(item.name)
            yield Gated(item.name, value.str.contains(_whole(words, _LEGAL_FORM)), gate=value.str.contains_any(words))
    for item in name_items(group):
        if _ITEM.search(item.name):
            value = pl.col(item.name)
            one_letter = value.str.contains(_ONE_LETTER)
            bad = value.str.contains(_whole(words)) | one_letter
            yield Gated(item.name, bad, gate=value.str.contains_any(words) | one_letter)
