"""A sign such as ■, ● or ？ in a name, where the old system had no character to show.

Black and white squares, circles, diamonds, triangles and stars stand in no registered name (an error); ？, ＊ and ＿
may have been typed (a warning), and so may a stop mark, or a ・ or … that does not stand between two parts of a name.
Not this rule: 〓 (`geta`), U+FFFD (`replacement_character`), the half-width question mark (`character_class`); signs
in other texts than names, where they may be meant.

Source: practice of print programs and code converters; 戸籍法 50条 (names are kanji, kana and few marks).
Example: 氏名 = "■田　太郎".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._text import name_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C9"
SEVERITY = Severity.ERROR
HINT_JA = "文字が失われた印と思われる記号です。原本の字を確かめてください。"
HINT_EN = "A sign that seems to stand for a lost character: look up the record."

_SHAPES = "[■□▪▫▢▣●○◎◯◆◇▲△▼▽★☆◼◻⬛⬜]"
_TYPED = "[？＊＿…。、]|[^Ａ-Ｚａ-ｚA-Za-z]．$|(?:^|[ 　・])・|・(?:$|[ 　])"


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Names with a shape; names with a full-width question mark, asterisk, underscore or lone dot."""
    for item in name_items(group):
        value = pl.col(item.name)
        suspect = value.str.contains(f"{_SHAPES}|{_TYPED}")
        shape = value.str.contains(_SHAPES)
        yield Gated(item.name, shape, gate=suspect)
        yield Gated(item.name, ~shape & value.str.contains(_TYPED), severity=Severity.WARNING, gate=suspect)
