"""文字化け: text that was read in another encoding than it was written in.

Proposed: the text read again in the right one, where that gives clean text.

Not this rule: a single unknown character (`private_use`), the mark U+FFFD (`replacement_character`).

Source: worked out from the encodings (see characters/scan.py). Example: 「譁�ｭ怜喧縺�」 for 文字化け.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.characters import scan
from yakuba.kernel.finding import Severity
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._mojibake import readable
from yakuba.migration.checks._text import full_width_items, unusual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C9"
SEVERITY = Severity.ERROR
HINT_JA = "文字化けしています。抽出時の文字コードを確かめてください。"
HINT_EN = "Garbled text: look at the encoding used in the extraction."


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Cells that look like text in a wrong encoding."""
    for item in full_width_items(group):
        value = pl.col(item.name)
        yield Gated(item.name, scan.mojibake(value), proposal=readable(value), gate=unusual(item.name))
