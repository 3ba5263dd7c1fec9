"""U+FFFD: some decoder met bytes it could not read, and the character is lost.

Not this rule: bytes that this program could not read itself (those records are rejected as `undecodable`).

Source: Unicode, REPLACEMENT CHARACTER. Example: 氏名 = "山�太郎".
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
HINT_JA = "読めなかった文字が「�」になっています。旧システムの原文を確かめてください。"
HINT_EN = "A character was lost before the extraction: look it up in the old system."


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Cells with U+FFFD."""
    for item in full_width_items(group):
        yield Gated(item.name, scan.replacement(pl.col(item.name)), gate=unusual(item.name))
