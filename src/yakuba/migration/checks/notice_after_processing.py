"""A change that was processed before the day it was notified (異動届出年月日 after 処理年月日).

Only days of the calendar are compared.
Not this rule: the order of the rows of a history (`processing_order`); a notification after the 基準日 (`date_future`).

Source: 住民記録システム標準仕様書 1.1.9, 4.0.3 (届出日 is not after the processing day).
Example: 異動届出年月日 = "2024-04-10", 処理年月日 = "2024-04-01".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._dates import OPEN_ENDS, calendar
from yakuba.migration.checks._gate import Gated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C7"
SEVERITY = Severity.WARNING
HINT_JA = "届出日が処理日より後です。どちらが正しいか確かめてください。"
HINT_EN = "Notified after it was processed: find out which day is right."

_NOTIFIED, _PROCESSED = "異動届出年月日", "処理年月日"


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Notifications later than the processing."""
    if group.by_name.keys() >= {_NOTIFIED, _PROCESSED}:
        notified, processed = pl.col(_NOTIFIED), pl.col(_PROCESSED)
        days = calendar(_NOTIFIED) & calendar(_PROCESSED) & ~notified.is_in(OPEN_ENDS) & ~processed.is_in(OPEN_ENDS)
        yield Gated(_NOTIFIED, days, gate=(notified > processed) & (processed != ""))
