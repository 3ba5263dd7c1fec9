"""A row whose time of keeping is over: a 除票 removed more than 150 years ago.

Not this rule: whether it may be deleted: that is the municipality's decision.
Option `years` sets another time.

Source: 住民基本台帳法施行令 34条 (150 years). Example: 消除の異動年月日 = "1870-05-01".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._dates import calendar
from yakuba.migration.checks._gate import Gated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C13"
SEVERITY = Severity.NOTE
HINT_JA = "保存期間を過ぎています。移行の対象にするか決めてください。"
HINT_EN = "Past its time of keeping: decide whether it moves."

_REMOVED = "消除の異動年月日"
_YEARS = 150


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Rows removed longer ago than the time of keeping."""
    if _REMOVED in group.by_name:
        years = int(context.options.get("retention_over", {}).get("years", _YEARS))
        limit = f"{context.as_of.year - years:04}{context.as_of.isoformat()[4:]}"
        value = pl.col(_REMOVED)
        yield Gated(_REMOVED, calendar(_REMOVED), gate=(value < limit) & (value != ""))
