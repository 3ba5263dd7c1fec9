"""The town's time (日本標準時): what day it is at the counter, whatever the clock of the machine is set to."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

JAPAN = timezone(timedelta(hours=9), "JST")
"""Nine hours before UTC all the year: no list of time zones has to be installed."""


def today() -> date:
    """The calendar day at the town hall."""
    return datetime.now(JAPAN).date()


def shown(at: datetime) -> str:
    """A moment as people in Japan read it: 2026-11-21 09:05."""
    return f"{at.astimezone(JAPAN):%Y-%m-%d %H:%M}"
