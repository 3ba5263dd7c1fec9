"""`backup_examine` (控えの点検): every vault is compared with our copy, verified, replicated; what is over is swept."""

from __future__ import annotations

from collections import Counter

from yakuba.backup.door.incoming import Incoming
from yakuba.backup.queries import plans
from yakuba.backup.services import examine, raise_alarm
from yakuba.kernel.errors import CannotContinueError

TITLE = "控えの点検と複製"


def run() -> dict[str, int]:
    """Examine one after the other; one that cannot be reached stops nobody else's."""
    done: Counter[str] = Counter()
    for plan in plans():
        done["dropped"] += Incoming(plan.municipality).clean()
        try:
            done.update(examine(plan))
        except CannotContinueError as error:
            raise_alarm(plan.municipality, "unreachable", str(error))
            done["unreachable"] += 1
        done["municipalities"] += 1
    return dict(done)
