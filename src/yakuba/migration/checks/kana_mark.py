"""A voiced or semi-voiced mark (゛, ゜) that stands beside its kana instead of in it.

Searching and sorting do not see the kana that is meant. Proposed: kana and mark as one character, where there is one.
Not this rule: half-width marks (`character_class`), other letters in a reading (`kana_class`).

Source: JIS X 0208 row 1; Unicode U+309B, U+309C, U+3099, U+309A. Example: 氏名_フリガナ = "タカ゛ハシ　ハナコ".
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._text import kana_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C9"
SEVERITY = Severity.WARNING
HINT_JA = "濁点・半濁点が文字から離れています。一文字に直してください。"
HINT_EN = "A voiced mark stands apart from its kana: write both as one character."

_MARKS = {"゛": "\u3099", "゜": "\u309a", "\u3099": "\u3099", "\u309a": "\u309a"}
_KANA = [chr(code) for code in (*range(0x3041, 0x3097), *range(0x30A1, 0x30FB))]
_JOINED = {
    kana + mark: joined
    for mark, combining in _MARKS.items()
    for kana in _KANA
    if len(joined := normalize("NFC", kana + combining)) == 1
}


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Readings with a mark of its own."""
    apart = f"[{''.join(_MARKS)}]"
    for item in kana_items(group):
        value = pl.col(item.name)
        joined = value.str.replace_many(_JOINED)
        alone = value.str.contains(apart)
        yield Gated(item.name, alone, proposal=pl.when(~joined.str.contains(apart)).then(joined), gate=alone)
