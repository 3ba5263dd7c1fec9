"""`backup_drill` (復元訓練): every vault whose key lies ready comes to life weekly; after a failure every night."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from yakuba.backup.drill.holding import hold, last_held
from yakuba.backup.drill.planned import key_of, wanted
from yakuba.backup.queries import plans
from yakuba.tenancy.acting import system

TITLE = "復元訓練"
BETWEEN = timedelta(days=7)


def run() -> dict[str, int]:
    """Hold what is due, one after the other."""
    done = {"passed": 0, "failed": 0}
    for plan in plans():
        key = key_of(plan.municipality)
        if key is None or plan.paused or not _due(plan.municipality):
            continue
        held = hold(wanted(plan.municipality, key), system(plan.municipality))
        done["passed" if held.ok else "failed"] += 1
    return done


def _due(municipality: str) -> bool:
    held = last_held(municipality)
    return held is None or not held.ok or timezone.now() - held.at >= BETWEEN
