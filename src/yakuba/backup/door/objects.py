"""Objects at the door (封印物の受領): room for them, and their way from the part file into the vault."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Sum

from yakuba.backup.door.incoming import Incoming
from yakuba.backup.errors import RefusedError
from yakuba.backup.models import Entry
from yakuba.backup.reading import digest_of
from yakuba.kernel.progress import SILENT
from yakuba.tenancy.database.walls import wall
from yakuba.vault.errors import AlreadyThereError, MissingError
from yakuba.vault.format.names import OBJECTS
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from yakuba.backup.door.incoming import Readable
    from yakuba.backup.queries.plans import PlanLine
    from yakuba.vault.store import Store

LONGEST = timedelta(days=11 * 366)
"""No sender may lock anything for longer than the longest rule there is, and a year."""


def received(plan: PlanLine, name: str) -> tuple[int, bool]:
    """Bytes of an object that are here, and whether it lies in the vault already."""
    incoming = Incoming(plan.municipality)
    if not incoming.received(name) and (done := _stored(plan, name)) is not None:
        return done[0], True
    return incoming.received(name), False


def take(plan: PlanLine, name: str, stream: Readable, start: int, total: int) -> int:
    """Bytes of an object from `start` on; gives how many are here now.

    Args:
        total: of the whole object.

    Raises:
        RefusedError: see `Incoming.take`; or there is no room for all of it.
    """
    incoming = Incoming(plan.municipality)
    here = incoming.received(name)
    if not here and (done := _stored(plan, name)) is not None:
        return done[0]
    with wall(plan.municipality):
        used = Entry.objects.filter(swept_at=None).aggregate(Sum("size"))["size__sum"] or 0
    if used + incoming.bytes() - here + total > plan.quota:
        remedy = "割当を増やすか、世代を整理してください"
        raise RefusedError(507, "quota", f"割当（{plan.quota_mb:,} MiB）に入りません", remedy=remedy)
    return incoming.take(name, stream, start)


def commit(plan: PlanLine, name: str, size: int, sha256: str, retain_until: datetime | None) -> None:
    """Put an object of which all has arrived into the vault. Sent again, it changes nothing.

    Args:
        retain_until: as its entry will say; the centre keeps it locked at least as long as the plan says.

    Raises:
        RefusedError: bytes are missing, or are not those; another object has this name.
        CannotContinueError: the vault's place does not take it.
    """
    incoming, now = Incoming(plan.municipality), datetime.now(UTC)
    done = None if incoming.received(name) else _stored(plan, name)
    if done is None:
        file = incoming.complete(name, size, sha256)
        until = max(retain_until or now, now + timedelta(days=plan.lock_days))
        if until > now + LONGEST:
            remedy = "連携APの保存期間の設定を確かめてください"
            raise RefusedError(422, "retention", "保存期間が長すぎます", remedy=remedy)
        store = open_store(plan.place)
        try:
            store.put_new(OBJECTS + name, file, retain_until=until)
            done = size, sha256
        except AlreadyThereError:
            done = digest_of(store, OBJECTS + name, SILENT)
        incoming.stored(name, *done)
    if done != (size, sha256):
        remedy = "保管庫を調べてください。何も上書きしていません"
        raise RefusedError(409, "taken", "この名前の封印物は、ほかの中身で届いています", remedy=remedy)


def there(plan: PlanLine, store: Store, name: str) -> tuple[int, str] | None:
    """Size and digest of an object of the vault whose entry has not come yet; None where there is none.

    Args:
        name: with its folder, as entries name it.
    """
    incoming, short = Incoming(plan.municipality), name.removeprefix(OBJECTS)
    if (found := incoming.known(short)) is not None:
        return found
    try:
        return digest_of(store, name, SILENT)
    except MissingError:
        return None


def _stored(plan: PlanLine, name: str) -> tuple[int, str] | None:
    """Size and digest of an object that lies in the vault, as far as we have noted it."""
    if (found := Incoming(plan.municipality).known(name)) is not None:
        return found
    with wall(plan.municipality):
        row = Entry.objects.filter(object=OBJECTS + name).first()
        return (row.size, row.sha256) if row else None
