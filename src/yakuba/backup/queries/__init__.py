"""What the backup centre can be asked; nothing here changes anything."""

from yakuba.backup.queries.plans import PlanLine, plan, plans
from yakuba.backup.queries.standing import (
    AlarmLine,
    CheckLine,
    LastGood,
    Standing,
    last_good,
    standings,
)
from yakuba.backup.queries.town import EntryLine, Town, alarm, town

__all__ = [
    "AlarmLine",
    "CheckLine",
    "EntryLine",
    "LastGood",
    "PlanLine",
    "Standing",
    "Town",
    "alarm",
    "last_good",
    "plan",
    "plans",
    "standings",
    "town",
]
