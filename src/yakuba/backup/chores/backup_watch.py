"""`backup_watch` (控えの見張り): what gets too old between two nights becomes an alarm within minutes."""

from __future__ import annotations

from datetime import timedelta

from yakuba.backup.queries import plans
from yakuba.backup.services import watch

TITLE = "控えの見張り"
EVERY = timedelta(minutes=10)


def run() -> dict[str, int]:
    """Hold each plan against what is there."""
    return {"alarms": sum(watch(plan) for plan in plans())}
