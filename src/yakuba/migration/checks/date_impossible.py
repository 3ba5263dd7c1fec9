"""A well-written date that no calendar has (2023-02-30), where the item does not allow it.

Items that allow 不詳日 (生年月日, 住民となった年月日, 住所を定めた年月日 …) may hold the 29th of February of a common
year, and 00 or 99 for a part that nobody knows; even there no month is the 13th and no day the 32nd.
The open ends 0000-01-01 and 9999-12-31 are legal everywhere.
Not this rule: another form (`date_form`), words (`unknown_date_words`).

Source: 住民記録システム標準仕様書 1.1.8, 4.0.3; 基本データリスト 凡例. Example: 届出年月日 = "2023-02-29".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.model import DataType
from yakuba.migration.checks._dates import OPEN_ENDS, formed, suspicious
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._items import of_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C2"
SEVERITY = Severity.ERROR
HINT_JA = "暦にない日付です。原本を確かめてください。"
HINT_EN = "No calendar has this day: look at the record."

_TOLERATED = r"^[0-9]{4}-(?:0[0-9]|1[0-2]|99)-(?:[0-2][0-9]|3[01]|99)$"


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Cells in the form of a date that are no day."""
    for item in of_type(group, DataType.DATE):
        value = pl.col(item.name)
        bad = formed(item.name) & ~value.is_in(OPEN_ENDS)
        if item.unknown_date:
            bad &= ~value.str.contains(_TOLERATED)
        yield Gated(item.name, bad, gate=suspicious(item.name))
