"""A variation selector without a kanji before it: the character whose form it chooses is gone.

Proposed: nothing, because nobody knows which character stood there.
Not this rule: a selector that MJ does not have for its kanji (`aj1_sequence`).

Source: Unicode, Variation Sequences; UTS #37 (IVD). Example: 通称 = U+E0101 followed by "田".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._text import full_width_items, unusual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C9"
SEVERITY = Severity.ERROR
HINT_JA = "字形の指定だけが残り、元の文字がありません。原本の字を確かめてください。"
HINT_EN = "A variation selector is left without its character: look up the record."

# Private-use characters may be kanji of the old system; symbols and kana take no selector.
_BASE = (
    r"々〆〇\x{2E80}-\x{2FDF}\x{3400}-\x{4DBF}\x{4E00}-\x{9FFF}\x{F900}-\x{FAFF}\x{20000}-\x{3FFFF}"
    r"\x{E000}-\x{F8FF}\x{F0000}-\x{10FFFF}"
)
_ALONE = rf"(?:^|[^{_BASE}])[\x{{FE00}}-\x{{FE0F}}\x{{E0100}}-\x{{E01EF}}]"


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Cells with a selector at the beginning or behind anything but a kanji."""
    for item in full_width_items(group):
        yield Gated(item.name, pl.col(item.name).str.contains(_ALONE), gate=unusual(item.name))
