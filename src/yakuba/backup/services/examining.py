"""Examining (点検): everything that the centre does for one municipality after something has come, and every night."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.backup.services.looking import look
from yakuba.backup.services.replicating import replicate
from yakuba.backup.services.sweeping import sweep
from yakuba.backup.services.verifying import verify
from yakuba.backup.services.watching import watch
from yakuba.kernel.progress import SILENT

if TYPE_CHECKING:
    from yakuba.backup.queries.plans import PlanLine
    from yakuba.kernel.progress import Progress


def examine(plan: PlanLine, *, whole: bool = False, progress: Progress = SILENT) -> dict[str, int]:
    """Look, verify, replicate, sweep, watch; what is wrong becomes alarms. Safe to repeat and to break off.

    Args:
        whole: read every stored byte on both sides, due or not.

    Returns:
        what was done, in numbers.
    """
    if plan.paused:
        return {"alarms": watch(plan)}
    done = {"objects": 0, "faults": 0, "differences": 0, "swept": 0}
    chain = look(plan)
    if chain is not None:
        verified = verify(plan, chain, whole=whole, progress=progress)
        done |= {"objects": verified.objects, "faults": len(verified.faults)}
        if plan.second_place:
            done["differences"] = len(replicate(plan, chain, whole=whole, progress=progress))
        done["swept"] = sweep(plan, chain)
    return done | {"alarms": watch(plan)}
