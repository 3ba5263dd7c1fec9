"""Days of the log, in the installation's time zone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def day_range(day: date) -> tuple[datetime, datetime]:
    """A day's first moment and the one after its last."""
    zone = timezone.get_default_timezone()
    start = datetime.combine(day, time.min, zone)
    return start, datetime.combine(day + timedelta(days=1), time.min, zone)
