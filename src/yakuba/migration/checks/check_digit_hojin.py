"""A 法人番号 that is not 13 digits with a right check digit.

An addressee that is a person has none: empty is fine.
Not this rule: 宛名番号, 世帯番号 and 住民票コード: old numbers may have any form, so they are never checked.

Source: 法人番号の指定等に関する省令 第2条. Example: 1234567890123.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.check_digits import hojin_bango_valid
from yakuba.kernel.finding import Severity
from yakuba.migration.checks._items import named
from yakuba.migration.rules import Cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Context

CATEGORY = "C11"
SEVERITY = Severity.ERROR
HINT_JA = "法人番号の検査用数字が合いません。原本を確かめてください。"
HINT_EN = "The check digit does not hold: look up the number."


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Filled cells that are no valid 法人番号."""
    for item in named(group, "法人番号"):
        value = pl.col(item.name)
        yield Cells(item.name, (value != "") & (~hojin_bango_valid(value)))
