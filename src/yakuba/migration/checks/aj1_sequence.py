"""A variation sequence of Adobe-Japan1 where the register uses Moji_Joho (MJ).

The MJ font does not know the sequence and shows the base character, so the person's form is lost on paper.
Proposed: the MJ form of the same shape, where there is one.
Not this rule: sequences of MJ, which are right.

Source: IVD, collections Adobe-Japan1 and Moji_Joho; MJ文字情報一覧表. Example: 葛 followed by U+E0100.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.characters import scan
from yakuba.characters.tables import aj1_sequences
from yakuba.kernel.finding import Severity
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._text import full_width_items, unusual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C9"
SEVERITY = Severity.WARNING
HINT_JA = "字形選択子がMJのものではありません。対応するMJ文字に置き換えてください。"
HINT_EN = "The variation sequence is not one of MJ: replace it by the MJ form."


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Cells with a sequence of Adobe-Japan1."""
    known = {sequence: form for sequence, form in aj1_sequences().items() if form}
    for item in full_width_items(group):
        value = pl.col(item.name)
        yield Gated(item.name, scan.aj1_ivs(value), proposal=value.str.replace_many(known), gate=unusual(item.name))
