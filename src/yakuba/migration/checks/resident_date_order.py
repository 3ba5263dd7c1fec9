"""住所を定めた年月日 lies before the day of becoming a resident.

Legal after 国籍喪失, 帰化 or 国籍取得 (the 住定日 is carried over), so it is a warning only.
Not this rule: other pairs of dates (`date_order`).

Source: 住民記録システム標準仕様書 4.1.1.1, 4.5.3–4.5.5. Example: 住定日 1990-01-01, 住民となった年月日 1995-04-01.
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

CATEGORY = "C7"
SEVERITY = Severity.WARNING
HINT_JA = "住定日が住民となった年月日より前です。国籍喪失・帰化等でなければ確かめてください。"
HINT_EN = "Fixed the address before becoming a resident: look unless nationality changed."

_SETTLED = "住所を定めた年月日"
_BECAME = ("住民となった年月日", "外国人住民となった年月日")


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """住定日 earlier than 住民となった年月日 or 外国人住民となった年月日."""
    if _SETTLED in group.by_name:
        for name in _BECAME:
            if name in group.by_name:
                gate = (pl.col(_SETTLED) < pl.col(name)) & (pl.col(_SETTLED) != "")
                yield Gated(_SETTLED, calendar(_SETTLED) & calendar(name), gate=gate)
