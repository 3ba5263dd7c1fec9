"""A control character, line break, zero-width character or byte order mark inside a text.

They cannot be seen, break files and searches, and mean that something went wrong on the way.
Proposed: the text without them.
Not this rule: variation selectors, which belong to the character before them; items with a code list (`code_unknown`).

Source: 基本データリスト 凡例 (X: printable characters); Unicode categories Cc, Cf, Zl, Zp.

Example: a line feed in 方書.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._text import text_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C1"
SEVERITY = Severity.ERROR
HINT_JA = "目に見えない制御文字が入っています。旧システムで取り除いてください。"
HINT_EN = "An invisible control character: remove it in the old system."

_CONTROL = r"[\x00-\x1F\x7F\x{80}-\x{9F}\x{AD}\x{200B}-\x{200F}\x{2028}-\x{202E}\x{2060}-\x{2064}\x{FEFF}]"


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Cells with a control character, C0, C1 or format."""
    for item, gate in text_items(group):
        value = pl.col(item.name)
        yield Gated(item.name, value.str.contains(_CONTROL), proposal=value.str.replace_all(_CONTROL, ""), gate=gate)
