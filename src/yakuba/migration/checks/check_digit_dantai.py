"""A 団体コード that is not 6 digits with a right check digit.

Whether such a 団体 exists is `municipality_unknown`.
Not this rule: 宛名番号, 世帯番号 and 住民票コード: old numbers may have any form, so they are never checked.

Source: 全国地方公共団体コード (総務省). Example: 131015 (千代田区 is 131016).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.check_digits import dantai_code_valid
from yakuba.kernel.finding import Severity
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._items import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C11"
SEVERITY = Severity.ERROR
HINT_JA = "団体コードの検査用数字が合いません。原本を確かめてください。"
HINT_EN = "The check digit does not hold: look up the number."


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Filled cells that are no valid 団体コード."""
    for item in named(group, "市区町村コード", "団体コード"):
        value = pl.col(item.name)
        yield Gated(item.name, ~dantai_code_valid(value), gate=~value.is_in(["", context.municipality]))
