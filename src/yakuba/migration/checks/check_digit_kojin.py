"""A 個人番号 that is not 12 digits with a right check digit.

Twelve zeros are no number either, although their check digit would hold.
Not this rule: 宛名番号, 世帯番号 and 住民票コード: old numbers may have any form, so they are never checked.

Source: 平成26年総務省令第85号 第5条. Example: 123456789012 (the last digit should be 8).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.check_digits import kojin_bango_valid
from yakuba.kernel.finding import Severity
from yakuba.migration.checks._items import named
from yakuba.migration.rules import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C11"
SEVERITY = Severity.ERROR
HINT_JA = "個人番号の検査用数字が合いません。原本を確かめてください。"
HINT_EN = "The check digit does not hold: look up the number."


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Filled cells that are no valid 個人番号."""
    for item in named(group, "個人番号"):
        value = pl.col(item.name)
        yield Cells(item.name, (value != "") & (~kojin_bango_valid(value) | (value == "0" * 12)))
