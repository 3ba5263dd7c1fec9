"""Hours (利用時間): when a kind may be asked for: by weekday and clock, not on closed days, not inside a window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

OPENS, CLOSES = time(6, 30), time(23, 0)
"""Usual hours of コンビニ交付."""
EVERY_DAY = "1234567"
"""ISO weekdays, Monday first."""
YEAR_END = ("12-29", "12-30", "12-31", "01-01", "01-02", "01-03")
"""Days, month and day, on which nothing is issued anywhere (年末年始)."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When one kind is open.

    Attributes:
        opens, closes: clock times of the municipality; open from the first up to, not including, the second.
        weekdays: ISO weekdays that are open, "12345" for Monday to Friday.
        closed_days: "MM-DD" every year, or "YYYY-MM-DD" once.
    """

    opens: time = OPENS
    closes: time = CLOSES
    weekdays: str = EVERY_DAY
    closed_days: tuple[str, ...] = YEAR_END

    def open_at(self, moment: datetime) -> bool:
        """Whether open at a moment, given in the municipality's own time.

        >>> from datetime import datetime
        >>> [Hours().open_at(datetime(2026, 11, 21, hour, 59)) for hour in (5, 6, 22, 23)]
        [False, True, True, False]
        >>> Hours().open_at(datetime(2027, 1, 3, 12)), Hours(weekdays="12345").open_at(datetime(2026, 11, 21, 12))
        (False, False)
        """
        day = moment.date().isoformat()
        return (
            self.opens <= moment.time() < self.closes
            and str(moment.isoweekday()) in self.weekdays
            and day not in self.closed_days
            and day[5:] not in self.closed_days
        )


@dataclass(frozen=True, slots=True)
class Pause:
    """A planned stop (計画停止): of one kind, or of everything with kind ""; first included, last not."""

    kind: str
    first: datetime
    last: datetime

    def covers(self, kind: str, moment: datetime) -> bool:
        """Whether a kind stands still at a moment."""
        return self.kind in ("", kind) and self.first <= moment < self.last


def paused(pauses: Iterable[Pause], kind: str, moment: datetime) -> bool:
    """Whether any of the planned stops covers a kind at a moment."""
    return any(one.covers(kind, moment) for one in pauses)
