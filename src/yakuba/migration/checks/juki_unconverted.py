"""住基ネット統一文字 taken for Unicode: Hangul or Yi letters inside Japanese text.

About 5,500 codes of that set lie where Unicode has Hangul and Yi; a raw dump shows such letters in names.
Not this rule: a Korean resident's name, which is registered in kanji, kana or Latin letters.

Source: MJ文字情報一覧表, 住基ネット統一文字コード (5,473 codes in AAA1–C18B). Example: U+AD1D stands for 々.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.characters import scan
from yakuba.kernel.finding import Severity
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._text import full_width_items, unusual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C9"
SEVERITY = Severity.ERROR
HINT_JA = '住基統一文字が変換されずに残っています。characters = "juki" を指定してください。'
HINT_EN = 'Unconverted Juki-net characters: set characters = "juki" for the source.'


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Cells with a letter of the Hangul or Yi blocks."""
    for item in full_width_items(group):
        yield Gated(item.name, scan.juki_unconverted(pl.col(item.name)), gate=unusual(item.name))
