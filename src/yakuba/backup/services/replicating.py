"""Replicating (第二センターへの複製): what the first place has and the second has not, then a comparison of both."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.backup import copying
from yakuba.backup.models import Entry
from yakuba.backup.services.alarms import end_alarm, raise_alarm
from yakuba.backup.services.checks import note_check
from yakuba.kernel.errors import CannotContinueError, NotProvenError
from yakuba.kernel.progress import SILENT
from yakuba.tenancy.database.walls import wall
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.backup.queries.plans import PlanLine
    from yakuba.kernel.progress import Progress
    from yakuba.vault.chain import Chain

AGAIN = timedelta(days=30)
"""The second copy's bytes are read again at least so often."""
_NAMED = 5


def replicate(plan: PlanLine, chain: Chain, *, whole: bool = False, progress: Progress = SILENT) -> Sequence[str]:
    """Copy what is missing, compare both sides, note the result; gives the differences. Nothing is overwritten.

    Args:
        chain: as `look` gave it. whole: read every byte of the second copy again, due or not.
    """
    try:
        first, second = open_store(plan.place), open_store(plan.second_place)
        due = _due(plan.municipality, whole=whole)
        fresh = [entry.number for entry in chain.entries if entry.number not in due]
        copied = copying.copy(first, second, chain, done=fresh, progress=progress)
        gone = chain.ledger.gone | set(_gone(plan.municipality))
        found = list(copying.differences(first, second, chain, gone=gone))
    except NotProvenError as error:
        found, copied = [str(error)], copying.Copied(0, 0, ())
    except CannotContinueError as error:
        note_check(plan.municipality, "replicate", ok=False, number=None, sentence=str(error))
        return [str(error)]
    _tell(plan.municipality, chain, copied, found)
    return found


def _due(municipality: str, *, whole: bool) -> set[int]:
    """Entries that the second place lacks as far as we know, or whose bytes there were not read for long."""
    until = timezone.now() - AGAIN
    with wall(municipality):
        rows = Entry.objects.filter(swept_at=None).values_list("number", "replicated_at")
        return {number for number, at in rows if whole or at is None or at < until}


def _gone(municipality: str) -> list[str]:
    with wall(municipality):
        return list(Entry.objects.exclude(swept_at=None).values_list("object", flat=True))


def _tell(municipality: str, chain: Chain, copied: copying.Copied, found: Sequence[str]) -> None:
    figures: dict[str, float | str] = {"objects": copied.objects, "bytes": copied.bytes, "differences": len(found)}
    sentence = "、".join(found[:_NAMED]) or f"両方の{len(chain.entries):,}個の記入と封印物が同じです"
    if found:
        raise_alarm(municipality, "differs", sentence)
    else:
        end_alarm(municipality, "differs")
        with wall(municipality):
            Entry.objects.filter(number__in=copied.entries).update(replicated_at=timezone.now())
    number = chain.entries[-1].number
    note_check(municipality, "replicate", ok=not found, number=number, sentence=sentence, figures=figures)
