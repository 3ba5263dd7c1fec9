"""One municipality's copies in detail: generations, trend, alarms, checks. Numbers, never what is inside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.backup.access import operates
from yakuba.backup.models import Alarm, Check, Plan
from yakuba.backup.queries.standing import (
    AlarmLine,
    CheckLine,
    Standing,
    alarms_of,
    check_line,
    light_entries,
    standing_of,
)
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from yakuba.tenancy.acting import Actor

NEWEST = 60
"""Entries, checks and alarms that one page shows."""


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry of the chain: see `models.Entry`."""

    number: int
    kind: str
    as_of: datetime | None
    written_at: datetime
    received_at: datetime
    size: int
    rows: Mapping[str, int]
    verified_at: datetime | None
    good: bool
    replicated_at: datetime | None
    swept_at: datetime | None


@dataclass(frozen=True, slots=True)
class Town:
    """One municipality. entries: the newest, oldest first. alarms, checks: newest first, also those that are over."""

    standing: Standing
    entries: tuple[EntryLine, ...]
    alarms: tuple[AlarmLine, ...]
    checks: tuple[CheckLine, ...]


def alarm(actor: Actor, municipality: str, number: int) -> AlarmLine | None:
    """One alarm of a municipality; None for one that is not there.

    Raises:
        NotAllowedError, NotFoundError: as for `access.operates`.
    """
    operates(actor, municipality)
    with wall(municipality):
        return next(iter(alarms_of(Alarm.objects.filter(municipality=municipality, pk=number))), None)


def town(actor: Actor, municipality: str) -> Town | None:
    """The copies of a municipality; None without a plan.

    Raises:
        NotAllowedError, NotFoundError: as for `access.operates`.
    """
    operates(actor, municipality)
    with wall(municipality):
        row = Plan.objects.select_related("municipality").filter(pk=municipality).first()
        if row is None:
            return None
        names = EntryLine.__slots__
        entries = light_entries(municipality)[-NEWEST:]
        return Town(
            standing=standing_of(row),
            entries=tuple(EntryLine(**{name: getattr(one, name) for name in names}) for one in entries),
            alarms=alarms_of(Alarm.objects.filter(municipality=municipality)[:NEWEST]),
            checks=tuple(check_line(one) for one in Check.objects.filter(municipality=municipality)[:NEWEST]),
        )
