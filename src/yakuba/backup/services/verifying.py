"""Verifying (検査): the stored bytes of every object against the digest that its municipality signed.

New objects are read at once, all others again within `AGAIN`; the centre has no key, so what is inside is the business
of the restore drill.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.backup import ledger
from yakuba.backup.models import Entry
from yakuba.backup.reading import digest_of
from yakuba.backup.services.alarms import end_alarm, raise_alarm
from yakuba.backup.services.checks import note_check
from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.progress import SILENT
from yakuba.tenancy.database.walls import wall
from yakuba.vault.errors import MissingError
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.backup.queries.plans import PlanLine
    from yakuba.kernel.progress import Progress
    from yakuba.vault.chain import Chain
    from yakuba.vault.store import Store

AGAIN = timedelta(days=30)
"""An object is read again at least so often: disks rot silently."""
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Verified:
    """What was read. faults: one sentence per object that is not what it should be."""

    objects: int
    bytes: int
    faults: tuple[str, ...]


def verify(plan: PlanLine, chain: Chain, *, whole: bool = False, progress: Progress = SILENT) -> Verified:
    """Read what is due and note the result.

    Args:
        chain: as `look` gave it. whole: read everything, due or not.
    """
    store, rows = open_store(plan.place), _due(plan.municipality, chain, whole=whole)
    progress.stage(f"検査 verify {plan.municipality}", sum(row.size for row in rows), "bytes")
    faults = [fault for row in rows if (fault := _one(store, row, progress))]
    with wall(plan.municipality):
        ledger.appraise(plan.municipality, chain)
        doubtful = _unsound(plan.municipality, chain)
    done = Verified(len(rows), sum(row.size for row in rows), tuple(faults))
    _tell(plan.municipality, chain, done, doubtful)
    return done


def _due(municipality: str, chain: Chain, *, whole: bool) -> Sequence[Entry]:
    """Entries whose object has to be read."""
    there = {one.name for one in chain.objects}
    with wall(municipality):
        rows = Entry.objects.filter(object__in=there, swept_at=None).defer("raw", "receipt").order_by("number")
        until = timezone.now() - AGAIN
        return [row for row in rows if whole or row.verified_at is None or row.verified_at < until]


def _one(store: Store, row: Entry, progress: Progress) -> str:
    """Read one object and note whether it is right; a sentence if not."""
    try:
        right = digest_of(store, row.object, progress) == (row.size, row.sha256)
        fault = "" if right else f"記入 {row.number} の封印物が、署名された大きさやダイジェストと違います"
    except MissingError:
        fault = f"記入 {row.number} の封印物がありません"
    except CannotContinueError as error:  # nothing is known of it: what was found the last time still holds
        return f"記入 {row.number} の封印物を読めません（{error.message}）"
    with wall(row.municipality_id):
        Entry.objects.filter(pk=row.pk).update(verified_at=None if fault else timezone.now())
    return fault


def _unsound(municipality: str, chain: Chain) -> list[int]:
    """Entries whose object was not found right when last read."""
    there = {one.name for one in chain.objects}
    rows = Entry.objects.filter(municipality=municipality, object__in=there, verified_at=None, swept_at=None)
    return list(rows.order_by("number").values_list("number", flat=True))


def _tell(municipality: str, chain: Chain, done: Verified, doubtful: Sequence[int]) -> None:
    figures: dict[str, float | str] = {"objects": done.objects, "bytes": done.bytes, "faults": len(done.faults)}
    newest = chain.entries[-1].number
    ok = not doubtful and not done.faults
    if not ok:
        sentence = "、".join(done.faults[:_NAMED]) or f"記入 {doubtful[0]} の封印物が正しくありません"
        sentence += "。第二センターから戻してください"
        raise_alarm(municipality, "verification", sentence)
    else:
        sentence = f"{done.objects:,}個の封印物が署名のとおりです"
        end_alarm(municipality, "verification")
    note_check(municipality, "verify", ok=ok, number=newest, sentence=sentence, figures=figures)
