"""A private-use character (外字) that no table of the project has resolved.

What it looks like is known to the old system only; another system shows something else or nothing.
Not this rule: 住基統一文字 read as Unicode (`juki_unconverted`).

Source: Unicode private-use areas U+E000–F8FF and planes 15, 16; 外字 practice. Example: 氏名 with U+E0A3.
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
HINT_JA = "外字が残っています。外字対応表に加えるか、字形を確かめて文字を決めてください。"
HINT_EN = "A private-use character is left: add it to the gaiji table or decide on the character."


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Cells with a private-use character."""
    for item in full_width_items(group):
        yield Gated(item.name, scan.private_use(pl.col(item.name)), gate=unusual(item.name))
