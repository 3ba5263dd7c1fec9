"""Daily digests (日次ダイジェスト): where a log stood at the end of each day, to be anchored outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from yakuba.tenancy.acting import system
from yakuba.tenancy.audit.log import home
from yakuba.tenancy.models import AuditDigest, MunicipalGroup, Municipality

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.tenancy.acting import Actor


@dataclass(frozen=True, slots=True)
class Digest:
    """A log at the end of a day: its last number (0 = empty) and the hash of that entry."""

    day: date
    entries: int
    hash: str


def close_days(actor: Actor) -> int:
    """Make the digests of all days that are over and have none; gives how many. Safe to repeat."""
    with home(actor), connection.cursor() as cursor:
        cursor.execute("SELECT tenancy_audit_close_days(%s)", [timezone.get_default_timezone_name()])
        return int(cursor.fetchone()[0])


def close_days_of_every_log() -> int:
    """The same for every municipality and group of the installation: to be run every night; gives how many."""
    towns = [system(code) for code in Municipality.objects.values_list("code", flat=True)]
    among = [system(group=key) for key in MunicipalGroup.objects.values_list("pk", flat=True)]
    return sum(close_days(actor) for actor in (*towns, *among))


def digests(actor: Actor, since: date | None = None) -> Sequence[Digest]:
    """All digests of the actor's log from a day on, oldest first."""
    with home(actor):
        rows = AuditDigest.objects.filter(day__gte=since or date.min).order_by("day")
        return [Digest(row.day, row.entries, row.hash) for row in rows]
