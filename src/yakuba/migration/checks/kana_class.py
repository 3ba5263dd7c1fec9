"""A reading (フリガナ) with hiragana, kanji or other letters that are not katakana.

「なし」 and 「不明」 are allowed; so are digits and letters in the reading of a 方書. The reading of a name has
no digits, minus signs or stop marks either.
Half-width kana is `character_class`.
Not this rule: whether the reading fits the name (`kana_kanji`).

Source: 住民記録システム標準仕様書 1.1.18 (カタカナ). Example: 氏名_フリガナ = "まちだ　花子".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._text import kana_items
from yakuba.migration.rules import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C9"
SEVERITY = Severity.ERROR
HINT_JA = "フリガナはカタカナで書きます。読みを確かめてください。"
HINT_EN = "A reading is written in katakana: ask for the reading."

_NAME = re.compile("^(?!.*(?:方書|住所)).*氏名|^氏|^名|通称|旧氏")
_SIGNS = "０-９−－。、，"
_NOT_KATAKANA = r"[ぁ-ゖ々〆〇\x{3400}-\x{4DBF}\x{4E00}-\x{9FFF}\x{F900}-\x{FAFF}\x{20000}-\x{3FFFF}]"


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Readings with hiragana or kanji; hiragana alone is proposed as katakana."""
    for item in kana_items(group):
        value = pl.col(item.name)
        katakana = value.str.replace_many({chr(code): chr(code + 0x60) for code in range(0x3041, 0x3097)})
        wrong = f"{_NOT_KATAKANA[:-1]}{_SIGNS}]" if _NAME.search(item.name) else _NOT_KATAKANA
        bad = value.str.contains(wrong) & ~value.is_in(["なし", "不明"])
        yield Cells(item.name, bad, proposal=pl.when(~katakana.str.contains(wrong)).then(katakana))
