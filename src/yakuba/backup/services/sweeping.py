"""Sweeping (片付け): objects that a municipality has given up are taken away, here and there, when their time is over.

A municipality's own keys are not enough: whoever has stolen them can write that everything is given up. The centre
waits, by the earliest of three clocks, until an object and the entry that gives it up have both been here for
`lock_days`; and it keeps what its own plan wants kept.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.backup.models import Entry
from yakuba.tenancy.database.walls import wall
from yakuba.vault.chain import Chain
from yakuba.vault.clock import deleting_time
from yakuba.vault.errors import LockedError
from yakuba.vault.services.policy import Policy
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from yakuba.backup.queries.plans import PlanLine
    from yakuba.vault.store import Store


def sweep(plan: PlanLine, chain: Chain) -> int:
    """Take away what is given up and over; gives how many objects.

    Args:
        chain: as `look` gave it.
    """
    given_up = _given_up(chain)
    if not given_up:
        return 0
    stores = [open_store(place) for place in (plan.place, plan.second_place) if place]
    at = deleting_time(stores[0], chain)
    over = _over(plan.municipality, given_up, at - timedelta(days=plan.lock_days))
    kept = _kept(plan, chain, at)
    return sum(_taken_away(stores, row) for row in over if row.object not in kept)


def _given_up(chain: Chain) -> Mapping[str, int]:
    """Objects that an entry gives up, with that entry's number."""
    return {
        str(name): entry.number for entry in chain.entries if entry.kind == "prune" for name in entry.fields["objects"]
    }


def _over(municipality: str, given_up: Mapping[str, int], until: datetime) -> Sequence[Entry]:
    """Entries whose object came before a moment, and so did what gives it up."""
    with wall(municipality):
        rows = list(Entry.objects.filter(object__in=given_up, swept_at=None, received_at__lt=until).defer("raw"))
        numbers = set(Entry.objects.filter(kind="prune", received_at__lt=until).values_list("number", flat=True))
    return [row for row in rows if given_up[row.object] in numbers]


def _kept(plan: PlanLine, chain: Chain, at: datetime) -> set[str]:
    """Objects that the centre's own plan keeps, whatever was given up."""
    with wall(plan.municipality):
        swept = set(Entry.objects.exclude(swept_at=None).values_list("object", flat=True))
    whole = Chain(chain.entries, replace(chain.ledger, gone=swept, dropped=set()))
    policy = Policy(daily=plan.keep_daily, weekly=plan.keep_weekly, monthly=plan.keep_monthly, yearly=plan.keep_yearly)
    return {layer.name for number in policy.reasons(whole, at) for layer in whole.layers(number)}


def _taken_away(stores: Sequence[Store], row: Entry) -> bool:
    """Delete one object on both sides; False where a store still holds on to it."""
    try:
        for store in stores:
            store.delete(row.object)
    except LockedError:
        return False
    with wall(row.municipality_id):
        Entry.objects.filter(pk=row.pk).update(swept_at=timezone.now())
    return True
