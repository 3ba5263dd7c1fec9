"""`statistics` (集計のし直し): a municipality that has written to its records since its load is counted as of today.

What has not changed since the load keeps the load's day: it would only pretend to be newer than it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.registry.models import Ledger, Record, Statistic
from yakuba.registry.services.recounting import recount
from yakuba.tenancy.acting import system
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.queries import municipalities

if TYPE_CHECKING:
    from datetime import date

TITLE = "集計のし直し"


def run() -> dict[str, int]:
    """Count the municipalities that need it."""
    today = timezone.localdate()
    return {"municipalities": sum(_recounted(town.code, today) for town in municipalities())}


def _recounted(code: str, today: date) -> bool:
    """Whether it had to be counted."""
    with wall(code):
        stale = Statistic.objects.filter(municipality=code, as_of__lt=today).exists()
        written = stale and Record.objects.filter(ledger__in=list(Ledger.objects.all()), added=True).exists()
    return bool(written) and recount(system(code), today)
