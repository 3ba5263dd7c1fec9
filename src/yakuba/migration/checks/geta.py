"""〓 (げた): the old system had no character and put its stand-in.

Not this rule: other lost characters (`replacement_character`).

Source: printing practice; JIS X 0208 row 2. Example: 氏名 = "〓辺　太郎".
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
HINT_JA = "「〓」は文字が失われた印です。原本の字を確かめてください。"
HINT_EN = "〓 stands for a lost character: look up the record."


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Cells with 〓."""
    for item in full_width_items(group):
        yield Gated(item.name, scan.geta(pl.col(item.name)), gate=unusual(item.name))
